import { ACQUIRE_LICENSE_ACTION, MESSAGES_NAMESPACE, writeSoap } from './soap.js';
import { escapeXmlText } from './xml-element.js';

/** What went wrong, in a SOAP fault. Neither member may hold a token or a key. */
export interface PlayReadyFault {
  /** For programs, such as a problem code. */
  readonly code: string;
  /** For people. */
  readonly message: string;
}

/** The SOAP fault, in UTF-8, with which a license server refuses. Characters that XML cannot have become spaces. */
export function writePlayReadyFault({ code, message }: PlayReadyFault): Uint8Array<ArrayBuffer> {
  const detail = `<Exception xmlns="${MESSAGES_NAMESPACE}"><StatusCode>${escape(code)}</StatusCode></Exception>`;
  return new TextEncoder().encode(
    writeSoap(
      '<soap:Fault><faultcode>soap:Server</faultcode>' +
        `<faultstring>${escape(message)}</faultstring>` +
        `<faultactor>${ACQUIRE_LICENSE_ACTION}</faultactor><detail>${detail}</detail></soap:Fault>`,
    ),
  );
}

function escape(text: string): string {
  return escapeXmlText(text.replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd]/g, ' '));
}

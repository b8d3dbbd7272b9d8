import { execFileSync } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import http2 from 'node:http2';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';

/** @typedef {{ milliseconds?: number, error?: string }} Outcome Of a run. */
/** @typedef {{ segments: number, videoBytes: number, audioBytes: number }} Shape Of a title: segments of 4 s, and how large each is. */

const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css' };

/**
 * A server with pages and a title without meaning, whose every answer about media takes its time before it begins.
 *
 * @param {{ pages: string, shape: Shape, milliseconds: number, protocol: 'h1' | 'h2' }} options
 */
export async function openOrigin({ pages, shape, milliseconds, protocol }) {
  const video = Buffer.alloc(shape.videoBytes, 'video');
  const audio = Buffer.alloc(shape.audioBytes, 'audio');
  const manifest = Buffer.from(manifestOf(shape));

  const runs = new EventEmitter();

  /** @param {http.IncomingMessage | http2.Http2ServerRequest} request @param {any} response */
  const answer = (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://origin.invalid');
    /** @param {string} type @param {Buffer} body */
    const send = (type, body) => {
      response.setHeader('content-type', type);
      response.setHeader('content-length', body.byteLength);
      response.end(body);
    };
    if (pathname === '/run/ready') {
      return runs.emit('ready', () => send('text/plain', Buffer.from('go')));
    }
    if (pathname === '/run/done') {
      void text(request).then((body) => runs.emit('done', JSON.parse(body)));
      return send('text/plain', Buffer.from('done'));
    }
    if (!pathname.startsWith('/title/')) return sendPage(pages, pathname, send, response);
    setTimeout(() => {
      if (pathname.endsWith('.mpd')) return send('application/dash+xml', manifest);
      send('video/mp4', pathname.includes('audio') ? audio : video);
    }, milliseconds);
  };
  const server =
    protocol === 'h1' ? http.createServer(answer) : http2.createSecureServer(certificate(), answer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());

  return {
    url: `${protocol === 'h1' ? 'http' : 'https'}://localhost:${port}`,
    bytes: manifest.byteLength + (shape.segments + 1) * (shape.videoBytes + shape.audioBytes),
    /** Tells of the page's run: `ready`, with what lets it begin, and `done`, with its `Outcome`. */
    runs,
    close() {
      server.close();
      if ('closeAllConnections' in server) server.closeAllConnections();
    },
  };
}

/** @param {string} pages @param {string} pathname @param {(type: string, body: Buffer) => void} send @param {any} response */
function sendPage(pages, pathname, send, response) {
  const file = path.join(pages, path.normalize(pathname === '/' ? '/index.html' : pathname));
  if (!fs.existsSync(file)) {
    response.statusCode = 404;
    return response.end();
  }
  const type = TYPES[/** @type {keyof typeof TYPES} */ (path.extname(file))] ?? 'application/octet-stream';
  send(type, fs.readFileSync(file));
}

/** For this machine and this run. */
function certificate() {
  const folder = fs.mkdtempSync(path.join(tmpdir(), 'secure-player-bench-'));
  const [key, cert] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  const kind = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1'];
  execFileSync('openssl', ['req', ...kind, '-keyout', key, '-out', cert, ...subject], { stdio: 'ignore' });
  const pair = { key: fs.readFileSync(key), cert: fs.readFileSync(cert) };
  fs.rmSync(folder, { recursive: true });
  return pair;
}

/** @param {Shape} shape */
function manifestOf({ segments, videoBytes, audioBytes }) {
  return `<?xml version="1.0"?>
<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT${segments * 4}S"
    minBufferTime="PT4S" profiles="urn:mpeg:dash:profile:isoff-live:2011">
  <Period>
    <AdaptationSet contentType="video" mimeType="video/mp4">
      <SegmentTemplate timescale="1" duration="4" startNumber="1" initialization="video-init.mp4" media="video-$Number$.m4s"/>
      <Representation id="v" bandwidth="${videoBytes * 2}" width="640" height="360" codecs="avc1.64001e"/>
    </AdaptationSet>
    <AdaptationSet contentType="audio" mimeType="audio/mp4" lang="en">
      <SegmentTemplate timescale="1" duration="4" startNumber="1" initialization="audio-init.mp4" media="audio-$Number$.m4s"/>
      <Representation id="a" bandwidth="${audioBytes * 2}" codecs="mp4a.40.2"/>
    </AdaptationSet>
  </Period>
</MPD>`;
}

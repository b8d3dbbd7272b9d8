import { spawnSync } from 'node:child_process';

/** What is said, and when, in both languages; subtitles are made from the same lines. */
export const NARRATION = {
  en: {
    voice: 'en-gb',
    label: 'English',
    lines: [
      [2.0, 'Before the sun, there is a silence.'],
      [8.6, 'Then first light touches the highest snow.'],
      [16.4, 'The valley wakes, one shadow at a time.'],
      [24.4, 'At noon, the lake holds the whole sky.'],
      [32.4, 'Clouds drift by, in no hurry at all.'],
      [40.2, 'Evening paints what morning only sketched.'],
      [48.4, 'One by one, the stars take their places.'],
      [56.6, 'And behind the hills, tomorrow is already on its way.'],
    ],
  },
  es: {
    voice: 'es',
    label: 'Español',
    lines: [
      [2.0, 'Antes del sol, hay un silencio.'],
      [8.6, 'Luego, la primera luz toca la nieve más alta.'],
      [16.4, 'El valle despierta, sombra a sombra.'],
      [24.4, 'Al mediodía, el lago guarda todo el cielo.'],
      [32.4, 'Las nubes pasan, sin ninguna prisa.'],
      [40.2, 'La tarde pinta lo que la mañana apenas esbozó.'],
      [48.4, 'Una a una, las estrellas ocupan su lugar.'],
      [56.6, 'Y tras los montes, el mañana ya viene en camino.'],
    ],
  },
};

/** Speaks one language's lines with espeak-ng: floats with their start and rate. */
export function speak(language) {
  const { voice, lines } = NARRATION[language];
  return lines.map(([start, text]) => {
    const { status, stdout, stderr } = spawnSync(
      'espeak-ng',
      ['-v', voice, '-s', '128', '-p', '38', '-g', '3', '--stdout', text],
      { maxBuffer: 1 << 26 },
    );
    if (status !== 0)
      throw new Error(
        `espeak-ng could not speak (${String(stderr).trim()}); install it, for example with apt`,
      );
    return { start, text, ...readWave(stdout) };
  });
}

/** espeak-ng writes 16-bit mono to a pipe, with a data length it could not know. */
function readWave(bytes) {
  const sampleRate = bytes.readUInt32LE(24);
  const data = bytes.subarray(44);
  return {
    sampleRate,
    samples: Float32Array.from(
      { length: data.length >> 1 },
      (_, index) => data.readInt16LE(index * 2) / 32768,
    ),
  };
}

/** Subtitles for spoken lines: each stays a moment after the voice has stopped. */
export function toWebVtt(lines) {
  const cues = lines.map(({ start, text, samples, sampleRate }, index) => {
    const end = Math.min(
      start + Math.max(2.8, samples.length / sampleRate + 0.9),
      lines[index + 1]?.start ?? 63.5,
    );
    return `${timestamp(start)} --> ${timestamp(end)}\n${text}\n`;
  });
  return `WEBVTT\n\n${cues.join('\n')}`;
}

export function timestamp(seconds) {
  const milliseconds = Math.round(seconds * 1000);
  const part = (value, digits) => String(Math.floor(value)).padStart(digits, '0');
  return `${part(milliseconds / 3_600_000, 2)}:${part((milliseconds / 60_000) % 60, 2)}:${part((milliseconds / 1000) % 60, 2)}.${part(milliseconds % 1000, 3)}`;
}

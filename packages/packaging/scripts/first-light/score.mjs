import { createRandom, smoothstep } from './noise.mjs';
import { DURATION } from './palette.mjs';

export const SAMPLE_RATE = 48_000;

/** One chord for every eight seconds, as MIDI notes; the last leads back to the first. */
const CHORDS = [
  [36, 55, 62, 64, 71],
  [33, 52, 60, 67, 71],
  [41, 53, 60, 64, 69],
  [43, 55, 62, 64, 71],
  [40, 55, 59, 62, 69],
  [41, 57, 60, 64, 67],
  [38, 53, 60, 64, 69],
  [43, 55, 60, 62, 69],
];
const BELLS = [76, 79, 81, 83, 84, 86, 88];

const frequencyOf = (note) => 440 * 2 ** ((note - 69) / 12);

/** A quiet ambient score as two channels of floats: pads that breathe, and a few bells in a long echo. */
export function composeScore() {
  const length = DURATION * SAMPLE_RATE;
  const left = new Float32Array(length);
  const right = new Float32Array(length);
  const random = createRandom(640);

  for (const [index, chord] of CHORDS.entries()) {
    for (const [voice, note] of chord.entries()) {
      const pan = 0.5 + 0.28 * Math.sin(voice * 2.1 + index);
      addPad(left, right, {
        start: index * 8 - 1.5,
        seconds: 11.5,
        frequency: frequencyOf(note),
        level: voice === 0 ? 0.085 : 0.034,
        pan,
        phase: random() * 6.3,
      });
    }
    for (let bell = 0; bell < 3; bell += 1) {
      const note = BELLS[Math.floor(random() * BELLS.length)];
      addBell(left, right, {
        start: index * 8 + 0.8 + bell * 2.5 + random() * 0.9,
        frequency: frequencyOf(note),
        level: 0.022 + 0.012 * random(),
        pan: 0.25 + 0.5 * random(),
      });
    }
  }
  addReverb(left, right);
  fadeEnds(left, right);
  return [left, right];
}

/** Mixes speech into the score, which steps back while it sounds. */
export function narrate([left, right], lines) {
  const mixed = [left.slice(), right.slice()];
  const voice = new Float32Array(left.length);
  const echo = new Float32Array(left.length);
  for (const { start, samples, sampleRate } of lines) {
    const first = Math.round(start * SAMPLE_RATE);
    const count = Math.floor((samples.length / sampleRate) * SAMPLE_RATE);
    for (let index = 0; index < count; index += 1) {
      const at = (index * sampleRate) / SAMPLE_RATE;
      const before = Math.floor(at);
      const sample = samples[before] + ((samples[before + 1] ?? 0) - samples[before]) * (at - before);
      if (first + index < voice.length) voice[first + index] += sample;
    }
    duck(mixed, first, count);
  }
  softenVoice(voice);
  echo.set(voice);
  addReverb(echo, new Float32Array(echo.length));
  for (const channel of mixed)
    for (let index = 0; index < channel.length; index += 1)
      channel[index] += voice[index] * 0.34 + (echo[index] - voice[index]) * 0.1;
  return mixed;
}

function addPad(left, right, { start, seconds, frequency, level, pan, phase }) {
  const first = Math.round(start * SAMPLE_RATE);
  const count = Math.round(seconds * SAMPLE_RATE);
  const step = (2 * Math.PI * frequency) / SAMPLE_RATE;
  for (let index = Math.max(0, -first); index < count && first + index < left.length; index += 1) {
    const time = index / SAMPLE_RATE;
    const envelope = smoothstep(0, 3.2, time) * (1 - smoothstep(seconds - 3.6, seconds, time));
    const breath = 0.82 + 0.18 * Math.sin(time * 0.9 + phase);
    const angle = step * index + phase;
    // Two strings a hair apart beat slowly; the octave and the twelfth add warmth.
    const tone =
      Math.sin(angle) +
      0.8 * Math.sin(angle * 1.0021) +
      0.22 * Math.sin(angle * 2) +
      0.07 * Math.sin(angle * 3.003);
    const value = tone * envelope * breath * level;
    left[first + index] += value * (1 - pan) * 1.4;
    right[first + index] += value * pan * 1.4;
  }
}

function addBell(left, right, { start, frequency, level, pan }) {
  const first = Math.round(start * SAMPLE_RATE);
  const step = (2 * Math.PI * frequency) / SAMPLE_RATE;
  for (let index = 0; index < 3.5 * SAMPLE_RATE && first + index < left.length; index += 1) {
    const time = index / SAMPLE_RATE;
    const attack = Math.min(1, time / 0.006);
    const tone =
      Math.exp(-time * 1.5) * Math.sin(step * index) +
      0.35 * Math.exp(-time * 3.2) * Math.sin(step * index * 2.756);
    const value = tone * attack * level;
    left[first + index] += value * (1 - pan) * 1.5;
    right[first + index] += value * pan * 1.5;
  }
}

/** A feedback network of four delays with soft highs: a wide, calm hall. */
function addReverb(left, right) {
  const delays = [0.0797, 0.0961, 0.1193, 0.1409].map((seconds) => ({
    buffer: new Float32Array(Math.round(seconds * SAMPLE_RATE)),
    at: 0,
    low: 0,
  }));
  for (let index = 0; index < left.length; index += 1) {
    const taps = delays.map(({ buffer, at }) => buffer[at]);
    const sum = (taps[0] + taps[1] + taps[2] + taps[3]) / 2;
    const input = [left[index], right[index], left[index], right[index]];
    for (const [line, delay] of delays.entries()) {
      delay.low += ((taps[line] - sum) * 0.8 - delay.low) * 0.42;
      delay.buffer[delay.at] = input[line] * 0.42 + delay.low;
      delay.at = (delay.at + 1) % delay.buffer.length;
    }
    left[index] += (taps[0] + taps[2]) * 0.42;
    right[index] += (taps[1] + taps[3]) * 0.42;
  }
}

function duck(channels, first, count) {
  const ramp = 0.5 * SAMPLE_RATE;
  for (const channel of channels) {
    for (
      let index = Math.max(0, first - ramp);
      index < Math.min(channel.length, first + count + ramp);
      index += 1
    ) {
      const inside = Math.min(
        smoothstep(first - ramp, first, index),
        1 - smoothstep(first + count, first + count + ramp, index),
      );
      channel[index] *= 1 - 0.32 * inside;
    }
  }
}

/** Takes the rumble and the buzz off synthesized speech: one-pole high-pass, then two low-passes. */
function softenVoice(voice) {
  let rumble = 0;
  let first = 0;
  let second = 0;
  for (let index = 0; index < voice.length; index += 1) {
    rumble += (voice[index] - rumble) * 0.012;
    first += (voice[index] - rumble - first) * 0.45;
    second += (first - second) * 0.45;
    voice[index] = second;
  }
}

function fadeEnds(left, right) {
  for (const channel of [left, right]) {
    for (let index = 0; index < channel.length; index += 1) {
      const time = index / SAMPLE_RATE;
      channel[index] *= smoothstep(0, 1.5, time) * (1 - smoothstep(DURATION - 2.2, DURATION - 0.05, time));
    }
  }
}

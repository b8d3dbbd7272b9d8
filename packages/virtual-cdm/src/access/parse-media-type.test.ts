import { describe, expect, it } from 'vitest';
import { parseMediaType } from './parse-media-type.js';

describe('reads', () => {
  it.each([
    ['video/mp4', 'video', 'mp4', []],
    ['video/mp4; codecs="avc1.42E01E"', 'video', 'mp4', ['avc1.42E01E']],
    ['video/mp4;codecs=avc1.42E01E', 'video', 'mp4', ['avc1.42E01E']],
    ['video/mp4;codecs="avc1.42E01E,mp4a.40.2"', 'video', 'mp4', ['avc1.42E01E', 'mp4a.40.2']],
    ['video/mp4;codecs=avc1.42E01E,mp4a.40.2', 'video', 'mp4', ['avc1.42E01E', 'mp4a.40.2']],
    [' video/mp4;codecs="avc1.42E01E" ', 'video', 'mp4', ['avc1.42E01E']],
    ['video/mp4 ;  codecs=" avc1.42E01E , mp4a.40.2 " ', 'video', 'mp4', ['avc1.42E01E', 'mp4a.40.2']],
    ['\tvideo/mp4\r\n;codecs=vp9\n', 'video', 'mp4', ['vp9']],
    ['VIDEO/WebM; CODECS="vp8"', 'video', 'webm', ['vp8']],
    ['video/webm;codecs="v\\p8"', 'video', 'webm', ['vp8']],
    ['audio/mp4; profiles="isom,iso6"; codecs="mp4a.40.2"', 'audio', 'mp4', ['mp4a.40.2']],
    ['audio/mp4;', 'audio', 'mp4', []],
    ['audio/mp4; ; codecs=opus', 'audio', 'mp4', ['opus']],
    ['application/x-my+media', 'application', 'x-my+media', []],
  ])('%j', (contentType, type, subtype, codecs) => {
    expect(parseMediaType(contentType)).toEqual({ type, subtype, codecs });
  });
});

describe('refuses', () => {
  it.each([
    ['nothing', ''],
    ['no subtype', 'video'],
    ['an empty subtype', 'video/'],
    ['an empty type', '/mp4'],
    ['a space before the slash', 'video /mp4'],
    ['a space after the slash', 'video/ mp4'],
    ['two types', 'video/mp4, video/webm'],
    ['a letter beyond ASCII', 'video/mp\u00e4'],
    ['a space that is not of HTTP', '\u00a0video/mp4'],
    ['a parameter that it does not know', 'video/mp4; foo="bar"; codecs="vp9"'],
    ['a parameter that it does not know at the end', 'video/mp4; codecs="vp9"; width=1920'],
    ['a parameter twice', 'video/mp4; codecs="vp9"; Codecs="vp8"'],
    ['a name without a value', 'video/mp4; codecs'],
    ['a space before the equals sign', 'video/mp4; codecs ="vp9"'],
    ['a quote without an end', 'video/mp4; codecs="vp9'],
    ['something after a quote', 'video/mp4; codecs="vp9"x'],
    ['a quote within a bare value', 'video/mp4; codecs=v"p9"'],
    ['an empty codec', 'video/mp4; codecs=",vp9"'],
    ['an empty codec at the end', 'video/mp4; codecs="vp9,"'],
    ['an empty list of codecs', 'video/mp4; codecs=""'],
    ['an empty bare value', 'video/mp4; codecs='],
    ['a line break within a codec', 'video/mp4; codecs="v\np9"'],
    ['a letter beyond Latin-1 in a value', 'video/mp4; codecs="vp9\u0416"'],
  ])('%s: %j', (_, contentType) => {
    expect(parseMediaType(contentType)).toBeNull();
  });

  it('a long hostile type without delay', () => {
    expect(parseMediaType(`video/mp4; codecs=${' '.repeat(100_000)}"`)).toBeNull();
    expect(parseMediaType(`video/mp4; codecs="${'\\'.repeat(100_001)}`)).toBeNull();
    expect(parseMediaType(';'.repeat(100_000))).toBeNull();
  });
});

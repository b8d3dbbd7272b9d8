import * as v from 'valibot';

/** The ways a title can be packaged. */
export const streamFormatSchema = v.picklist(['dash', 'dash-cbcs', 'hls']);

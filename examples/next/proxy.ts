import { NextResponse, type NextRequest } from 'next/server';

import { serverUrl } from './server/server-url';

/** Hands licenses and media on to the entitlement server: to the browser all of it is one origin. */
export function proxy({ nextUrl }: NextRequest): NextResponse {
  return NextResponse.rewrite(new URL(nextUrl.pathname + nextUrl.search, serverUrl()));
}

export const config = { matcher: ['/v1/:path*', '/license/:path*', '/media/:path*'] };

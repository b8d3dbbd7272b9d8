import { expect, test } from 'vitest';

import { createPrometheusMetrics } from './prometheus-metrics.js';

test('what was counted is on the page, in the text format of Prometheus', async () => {
  const metrics = createPrometheusMetrics();
  const request = { method: 'POST', route: '/license/:system', code: undefined } as const;
  metrics.request({ ...request, status: 200, seconds: 0.004 });
  metrics.request({ ...request, status: 403, code: 'plan-insufficient', seconds: 0.02 });
  metrics.license('widevine', 'granted');
  metrics.license('widevine', 'plan-insufficient');
  metrics.lease('refused');
  metrics.upstream('vendor', 'timeout', 3);
  metrics.breaker('vendor', 'closed');
  metrics.breaker('vendor', 'open');

  const lines = (await metrics.render()).split('\n');
  expect(metrics.contentType).toMatch(/^text\/plain; version=0\.0\.4/);
  expect(lines).toEqual(
    expect.arrayContaining([
      'secure_player_http_requests_total{method="POST",route="/license/:system",status="200"} 1',
      'secure_player_http_requests_total{method="POST",route="/license/:system",status="403"} 1',
      'secure_player_http_request_duration_seconds_bucket{le="0.005",method="POST",route="/license/:system"} 1',
      'secure_player_http_request_duration_seconds_count{method="POST",route="/license/:system"} 2',
      'secure_player_problems_total{code="plan-insufficient"} 1',
      'secure_player_licenses_total{system="widevine",decision="granted"} 1',
      'secure_player_licenses_total{system="widevine",decision="plan-insufficient"} 1',
      'secure_player_stream_leases_total{event="refused"} 1',
      'secure_player_license_upstream_duration_seconds_count{upstream="vendor",outcome="timeout"} 1',
      'secure_player_license_upstream_breaker{upstream="vendor",state="closed"} 0',
      'secure_player_license_upstream_breaker{upstream="vendor",state="open"} 1',
    ]),
  );
});

test('the process is on the page of each server, and servers do not mix', async () => {
  const [one, two] = [createPrometheusMetrics(), createPrometheusMetrics()];
  one.lease('superseded');

  for (const metrics of [one, two])
    expect(await metrics.render()).toMatch(/^process_resident_memory_bytes \d/m);
  expect(await two.render()).not.toContain('superseded');
});

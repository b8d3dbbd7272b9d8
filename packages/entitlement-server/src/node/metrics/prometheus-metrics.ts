import { Counter, Gauge, Histogram, Registry } from 'prom-client';

import type { BreakerStatus } from '../../license-proxy/license-upstream.js';
import type { ExposedMetrics } from '../../metrics/metrics.js';
import { processMetrics } from './process-metrics.js';

const REQUEST_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const UPSTREAM_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const BREAKER_STATES: readonly BreakerStatus[] = ['closed', 'open', 'half-open'];
const PREFIX = 'secure_player_';

/**
 * Counts for Prometheus, and what Node says of its process. Every server has a registry of its own, so that several in one
 * process do not mix; what concerns the process is the same in each.
 */
export function createPrometheusMetrics(): ExposedMetrics {
  const registers = [new Registry()];
  const requests = new Counter({
    name: `${PREFIX}http_requests_total`,
    help: 'Requests answered, by route pattern.',
    labelNames: ['method', 'route', 'status'],
    registers,
  });
  const requestSeconds = new Histogram({
    name: `${PREFIX}http_request_duration_seconds`,
    help: 'Time until the headers of an answer were ready.',
    labelNames: ['method', 'route'],
    buckets: REQUEST_SECONDS,
    registers,
  });
  const problems = new Counter({
    name: `${PREFIX}problems_total`,
    help: 'Requests that ended with a problem, by its code.',
    labelNames: ['code'],
    registers,
  });
  const licenses = new Counter({
    name: `${PREFIX}licenses_total`,
    help: 'Decisions about licenses: granted, or the code of the refusal.',
    labelNames: ['system', 'decision'],
    registers,
  });
  const leases = new Counter({
    name: `${PREFIX}stream_leases_total`,
    help: 'Streams refused for want of room, and requests of sessions whose stream was taken over.',
    labelNames: ['event'],
    registers,
  });
  const upstreams = new Histogram({
    name: `${PREFIX}license_upstream_duration_seconds`,
    help: 'Exchanges with license servers; abandoned are those whose client had gone.',
    labelNames: ['upstream', 'outcome'],
    buckets: UPSTREAM_SECONDS,
    registers,
  });
  const breakers = new Gauge({
    name: `${PREFIX}license_upstream_breaker`,
    help: '1 for the state that the circuit breaker is in.',
    labelNames: ['upstream', 'state'],
    registers,
  });

  return {
    request({ method, route, status, code, seconds }) {
      requests.inc({ method, route, status });
      requestSeconds.observe({ method, route }, seconds);
      if (code !== undefined) problems.inc({ code });
    },
    license: (system, decision) => licenses.inc({ system, decision }),
    lease: (event) => leases.inc({ event }),
    upstream: (upstream, outcome, seconds) => upstreams.observe({ upstream, outcome }, seconds),
    breaker(upstream, current) {
      for (const state of BREAKER_STATES) breakers.set({ upstream, state }, state === current ? 1 : 0);
    },
    contentType: Registry.PROMETHEUS_CONTENT_TYPE,
    async render() {
      return Registry.merge([...registers, processMetrics()]).metrics();
    },
  };
}

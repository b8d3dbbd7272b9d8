/** EME's "Is persistent session type?", which also holds for the type that EME had until 2021. */
export function isPersistentSessionType(sessionType: string): boolean {
  return sessionType === 'persistent-license' || sessionType === 'persistent-usage-record';
}

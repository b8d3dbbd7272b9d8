/** The network of the device, as far as the browser tells. */
export interface NetworkMonitor {
  isOnline(): boolean;
  /** Whether bytes cost money, or the viewer asked to save them. False where the browser does not say. */
  isMetered(): boolean;
  /** Called when either may have changed, until the returned function is called. */
  subscribe(listener: () => void): () => void;
}

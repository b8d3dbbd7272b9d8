export { addVirtualCdm, type VirtualCdmTestOptions } from './add-virtual-cdm.js';
export { VirtualCdmControl } from './virtual-cdm-control.js';
export { test, withVirtualCdm, type VirtualCdmFixtures } from './with-virtual-cdm.js';

// Declared here, and no more of it: with Node's types the headless sources could use what a page has not.
declare const process: {
  getBuiltinModule(id: 'node:vm'): { runInNewContext(source: string): unknown };
};

/** Evaluates an expression in another realm, whose classes are not those of this one, as in a frame. */
export function evaluateInOtherRealm(expression: string): unknown {
  return process.getBuiltinModule('node:vm').runInNewContext(expression);
}

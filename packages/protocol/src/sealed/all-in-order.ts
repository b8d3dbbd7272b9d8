/** Like `Promise.all`, but of several failures the first of the list counts: the same message ends in the same error each time. */
export async function allInOrder<Value>(promises: readonly Promise<Value>[]): Promise<Value[]> {
  const settled = await Promise.allSettled(promises);
  return settled.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
}

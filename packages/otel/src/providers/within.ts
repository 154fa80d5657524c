/** Waits for `work`, but not longer than `ms`. Never rejects: what went wrong is told to `failed`. */
export async function within(ms: number, work: Promise<unknown>, failed: (error: unknown) => void): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work.catch(failed), late]);
  clearTimeout(timer);
}

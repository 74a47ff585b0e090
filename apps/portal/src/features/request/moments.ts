/** Whether a rating may still be changed. A server that names no end allows it. */
export function editable(until: string | null, now: Date): boolean {
  return until === null || new Date(until) > now;
}

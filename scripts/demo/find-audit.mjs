import { setTimeout } from 'node:timers/promises';

/** Waits until the Console shows the audit; answers the seconds that it took since `start`, or undefined when it does not come. */
export async function findAudit({ url, token }, id, start) {
  for (let tries = 0; tries < 50; tries++) {
    const response = await fetch(`${url}/api/audits/${id}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    if (response.ok) return (performance.now() - start) / 1000;
    await setTimeout(100);
  }
  return undefined;
}

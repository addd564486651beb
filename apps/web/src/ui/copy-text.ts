/** Puts text on the clipboard, also on plain HTTP where `navigator.clipboard` is missing. Tells whether it worked. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    area.className = 'fixed opacity-0';
    // Inside the open dialog if there is one: its focus trap would take the selection away elsewhere.
    (document.activeElement?.closest('[role="dialog"]') ?? document.body).append(area);
    area.select();
    const copied = document.execCommand('copy');
    area.remove();
    return copied;
  }
}

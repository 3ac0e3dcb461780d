/** Whether a host name or address is this computer itself (RFC 6761 for `localhost`). */
export function isLoopbackHost(name: string): boolean {
  const host = name.toLowerCase().replace(/^\[|\]$/g, '');
  return (
    host === 'localhost' || host.endsWith('.localhost') || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
  );
}

/** Whether the host of a web address is this computer itself. */
export const isLoopback = (url: URL): boolean => isLoopbackHost(url.hostname);

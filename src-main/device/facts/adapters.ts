import type { NetworkInterfaceInfo } from 'node:os';
import type { DeviceFact } from '@shared/domain/device';

type Adapter = Extract<DeviceFact, { key: 'network' }>['adapters'][number];

/** Adapters that are up, by name, as Node's `os.networkInterfaces()` gives them. */
export type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>;

/** What the system itself says of an adapter's kind, by name; left out where it says nothing. */
export type KnownKinds = ReadonlyMap<string, Adapter['kind']>;

/**
 * How the adapters of tunnels are called: by the kernel (tun, tap, wg, ppp, ipsec, xfrm, macOS utun), and by the
 * programs that companies use.
 */
const VPN_NAME =
  /^(tun|tap|wg|ppp|utun|ipsec|xfrm|gpd|cscotun|nordlynx|proton|tailscale|zt|fctvpn|ztun)\d*|vpn|wireguard|anyconnect|globalprotect|pangp|fortinet|forticlient|zscaler|juniper|pulse secure|sonicwall|check ?point|tap-windows/i;
const WIFI_NAME = /^(wl|wlan|wlp|wifi|ath)|wi-?fi|wlan|wireless|drahtlos|sans fil|inal[aá]mbric/i;
const WIRED_NAME = /^(eth|en[ops]|em\d|lan)|ethernet/i;
/** Made by virtual machines and containers: no way to the office's network. */
const VIRTUAL_NAME =
  /^(docker|veth|virbr|vmnet|vboxnet|br-|lxc|lxd|cni|flannel|podman|awdl|llw|anpi|bridge)|hyper-v|vethernet|virtualbox|vmware|loopback/i;

/** Names of the tunnels that are up. macOS always has some `utun` of its own: one counts with an IPv4 address. */
export const vpnNames = (interfaces: Interfaces): string[] =>
  outside(interfaces)
    .filter(([name]) => VPN_NAME.test(name))
    .filter(([name, addresses]) => !/^utun/i.test(name) || addresses.some(isIpv4))
    .map(([name]) => name);

/** The adapters that are up and lead out of the computer, tunnels left out; `first` (the one in use) first. */
export function adaptersUp(interfaces: Interfaces, kinds: KnownKinds, first: string | null): Adapter[] {
  const adapters = outside(interfaces)
    .map(([name]) => name)
    .filter((name) => !VPN_NAME.test(name) && !VIRTUAL_NAME.test(name))
    .map((name): Adapter => ({ name: name.slice(0, 200), kind: kinds.get(name) ?? kindByName(name) }));
  return [...adapters.filter(({ name }) => name === first), ...adapters.filter(({ name }) => name !== first)];
}

/** With an address that others can reach; link-local ones mean that nobody gave it one. */
const outside = (interfaces: Interfaces): [string, readonly NetworkInterfaceInfo[]][] =>
  Object.entries(interfaces).flatMap(([name, addresses = []]) => {
    const useful = addresses.filter(
      ({ internal, address }) => !internal && !/^(fe80:|169\.254\.)/i.test(address),
    );
    return useful.length === 0 ? [] : [[name, useful] as [string, readonly NetworkInterfaceInfo[]]];
  });

const isIpv4 = ({ family }: NetworkInterfaceInfo): boolean => family === 'IPv4';

function kindByName(name: string): Adapter['kind'] {
  if (WIFI_NAME.test(name)) return 'wifi';
  return WIRED_NAME.test(name) ? 'wired' : 'other';
}

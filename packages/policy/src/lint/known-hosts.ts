import { Glob } from '../glob.ts';
import { type IpNetwork, parseIpNetwork } from '../sections/ip-network.ts';

const network = (text: string): IpNetwork => {
  const parsed = parseIpNetwork(text);
  if (typeof parsed !== 'object') throw new TypeError(`${text} is no network`);
  return parsed;
};

/** This machine. */
export const LOOPBACK = ['127.0.0.0/8', '::1'].map(network);
/** Where instances get metadata and credentials. */
export const METADATA = [
  '169.254.169.254',
  '169.254.170.2',
  '169.254.170.23',
  'fd00:ec2::254',
  'fd00:ec2::23',
].map(network);
export const METADATA_NAME = 'metadata.google.internal';
/** Everybody can have a host under these names. */
export const SHARED_DOMAINS = [
  'amazonaws.com',
  'cloudfront.net',
  'on.aws',
  'googleapis.com',
  'run.app',
  'web.app',
  'firebaseapp.com',
  'appspot.com',
  'windows.net',
  'azurewebsites.net',
  'azureedge.net',
  'github.io',
  'githubusercontent.com',
  'workers.dev',
  'pages.dev',
  'r2.dev',
  'herokuapp.com',
  'vercel.app',
  'netlify.app',
  'ngrok.io',
  'ngrok-free.app',
  'trycloudflare.com',
];
/** Names that no registry gives out. */
export const PRIVATE_DOMAINS = [
  'internal',
  'local',
  'localdomain',
  'lan',
  'intranet',
  'private',
  'corp',
  'home',
  'test',
];
/** Who speaks to these commands the machine. */
export const CONTROL_SOCKETS = [
  '/run/docker.sock',
  '/var/run/docker.sock',
  '/run/containerd/containerd.sock',
  '/run/crio/crio.sock',
  '/run/podman/podman.sock',
  '/run/systemd/private',
  '/run/dbus/system_bus_socket',
].map((path) => new Glob(path));

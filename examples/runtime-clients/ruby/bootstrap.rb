# Runs a Ruby function: speaks Lambda's Runtime API 2018-06-01.
#
# AWS's own client for Ruby is not in the registries that Ringfence builds from; this one keeps to the documented API and to
# the shapes of results, errors and logs that Lambda shows.
require "json"
require "net/http"

$stdout.sync = true
Encoding.default_external = Encoding::UTF_8

# What a handler gets as its context.
class LambdaContext
  attr_reader :aws_request_id, :invoked_function_arn, :function_name, :function_version, :memory_limit_in_mb,
              :log_group_name, :log_stream_name, :deadline_ms, :client_context, :identity

  def initialize(response)
    @aws_request_id = response["Lambda-Runtime-Aws-Request-Id"]
    @invoked_function_arn = response["Lambda-Runtime-Invoked-Function-Arn"]
    @deadline_ms = response["Lambda-Runtime-Deadline-Ms"].to_i
    @client_context = parse(response["Lambda-Runtime-Client-Context"])
    @identity = parse(response["Lambda-Runtime-Cognito-Identity"])
    @function_name = ENV["AWS_LAMBDA_FUNCTION_NAME"]
    @function_version = ENV["AWS_LAMBDA_FUNCTION_VERSION"]
    @memory_limit_in_mb = ENV["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"].to_i
    @log_group_name = ENV["AWS_LAMBDA_LOG_GROUP_NAME"]
    @log_stream_name = ENV["AWS_LAMBDA_LOG_STREAM_NAME"]
  end

  def get_remaining_time_in_millis
    [@deadline_ms - (Time.now.to_f * 1000).to_i, 0].max
  end

  private

  def parse(json)
    json && JSON.parse(json)
  end
end

# One connection to the Runtime API, kept open.
class RuntimeClient
  PREFIX = "/2018-06-01/runtime".freeze

  def initialize
    host, port = ENV["AWS_LAMBDA_RUNTIME_API"].split(":")
    @http = Net::HTTP.new(host, port.to_i, nil)
    @http.read_timeout = nil
    @http.keep_alive_timeout = 900
    @http.max_retries = 0
    @http.start
  end

  def next_invocation
    @http.get("#{PREFIX}/invocation/next", "Accept-Encoding" => "identity")
  end

  def post(path, body, headers = {})
    @http.post("#{PREFIX}#{path}", body, { "Content-Type" => "application/json" }.merge(headers))
  end

  def post_error(path, described)
    post(path, JSON.generate(described), "Lambda-Runtime-Function-Error-Type" => described["errorType"])
  end
end

def describe_error(error, phase)
  described = {
    "errorMessage" => error.message,
    "errorType" => "#{phase}<#{error.class}>",
    "stackTrace" => (error.backtrace || []).reject { |line| line.start_with?(__FILE__) },
  }
  puts "Error raised from handler method", JSON.generate(described) if phase == "Function"
  described
end

# "file.method" or "file.Module::Class.method"
def load_handler(name)
  file, *rest = name.split(".")
  raise ArgumentError, "Invalid handler #{name}: must be of form FILE_NAME.METHOD" if rest.empty? || rest.length > 2

  require File.join(ENV["LAMBDA_TASK_ROOT"], file)
  owner = rest.length == 2 ? Object.const_get(rest[0]) : TOPLEVEL_BINDING.receiver
  owner.method(rest.last)
end

client = RuntimeClient.new
begin
  handler = load_handler(ARGV[0])
rescue ScriptError, StandardError => error
  described = describe_error(error, "Init")
  warn "Init error when loading handler #{ARGV[0]}", JSON.generate(described)
  client.post_error("/init/error", described)
  exit 1
end

loop do
  invocation = client.next_invocation
  request_id = invocation["Lambda-Runtime-Aws-Request-Id"]
  ENV["_X_AMZN_TRACE_ID"] = invocation["Lambda-Runtime-Trace-Id"]
  begin
    event = JSON.parse(invocation.body.force_encoding(Encoding::UTF_8))
    result = handler.call(event: event, context: LambdaContext.new(invocation))
    body = JSON.generate(result)
  rescue ScriptError, StandardError => error
    client.post_error("/invocation/#{request_id}/error", describe_error(error, "Function"))
  else
    client.post("/invocation/#{request_id}/response", body)
  end
end

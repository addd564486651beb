# Makes a sales report from a table of comma-separated values.
require "csv"
require "open3"

# Event: {"source" => where the table lies, "top" => how many products}
def lambda_handler(event:, context:)
  # The hole: Kernel#open runs a command when the name begins with a pipe.
  table = open(event["source"]) { |input| input.read }
  sales = Hash.new(0)
  CSV.parse(table).each { |product, amount| sales[product] += amount.to_i }
  { report: rank(sales).first(event.fetch("top", 3)), rows: table.lines.length }
end

# The best seller first, sorted by a tool of the system.
def rank(sales)
  lines = sales.map { |product, amount| "#{amount},#{product}\n" }.join
  sorted, status = Open3.capture2({ "LC_ALL" => "C" }, "/usr/bin/sort", "-t,", "-k1,1nr", "-k2", stdin_data: lines)
  raise "sort failed: #{status}" unless status.success?

  sorted.lines(chomp: true)
end

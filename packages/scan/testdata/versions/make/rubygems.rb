STDIN.each_line { |l| a,b=l.chomp.split("\t"); begin; x=Gem::Version.new(a); y=Gem::Version.new(b); rescue ArgumentError; next; end; puts "#{a}\t#{b}\t#{x<=>y}" }

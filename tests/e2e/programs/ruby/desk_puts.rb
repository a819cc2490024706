require_relative 'marks'

module PutsDesk
  def self.shapes(user, price)
    puts 'plain'
    puts "inter #{user}"
    print "printed #{user}\n"
    $stderr.puts "error #{user}"
    warn "warned #{user}"
    $stdout.printf("printf %s of %d\n", user, price)
    $stderr.write("written #{user}\n")
    puts user
  end

  def self.run
    streams = $stdout, $stderr
    $stdout = $stderr = Marks::Stream.new
    shapes('u-17', 3)
  ensure
    $stdout, $stderr = streams
  end
end

require 'logger'
require_relative 'marks'

# Where the messages go: these frameworks do not print their callers.
module Sinks
  def self.logger
    lambda do |level, _time, _name, message|
      Marks.mark('logger', level == 'ANY' ? '-' : level, message)
      ''
    end
  end

  # ActiveSupport adds its tags to a formatter's text.
  class Rails < ::Logger::Formatter
    def call(level, _time, _name, message)
      Marks.mark('rails', level, message.to_s.sub(/\A\[desk\] /, ''))
      ''
    end
  end
end

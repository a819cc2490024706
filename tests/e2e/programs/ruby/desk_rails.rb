require 'active_support'
require 'active_support/logger'
require 'active_support/tagged_logging'
require 'active_support/core_ext/string'
require_relative 'marks'
require_relative 'sinks'

# What Rails gives to an application.
module Rails
  class << self
    attr_accessor :logger
  end
end

module RailsDesk
  def self.shapes(user, price)
    Rails.logger.info('plain')
    Rails.logger.debug { "block #{user}" }
    Rails.logger.warn("inter #{user} of #{price}")
    Rails.logger.error('sum ' + user)
    Rails.logger.tagged('desk') { Rails.logger.info("tagged #{user}") }
    Rails.logger.tagged('desk').info("tagged logger #{user}")
    Rails.logger.info(<<~TEXT.squish)
      heredoc #{user}
      end
    TEXT
    logger = Rails.logger
    logger.fatal "local #{user}"
  end

  def self.run
    base = ActiveSupport::Logger.new(Marks::OUT)
    base.formatter = Sinks::Rails.new
    Rails.logger = ActiveSupport::TaggedLogging.new(base)
    shapes('u-17', 3)
  end
end

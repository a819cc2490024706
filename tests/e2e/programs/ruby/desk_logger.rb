require 'logger'
require_relative 'marks'
require_relative 'sinks'
require_relative 'texts'

class LoggerDesk
  LATE = 'order %s is late'
  GREETING = 'welcome '.freeze

  def initialize(logger, owner)
    @logger = logger
    @owner = owner
  end

  attr_reader :logger

  def note(text)
    logger.info("[desk] #{text}")
  end

  def shapes(user, price)
    @logger.info('plain')
    @logger.debug("inter #{user} of #{price}")
    @logger.warn('sum ' + user)
    @logger.error('percent %s of %d' % [user, price])
    @logger.error(format('format %s %05.2f', user, price))
    @logger.fatal { "block #{user}" }
    @logger.unknown("unknown #{user}")
    @logger.add(Logger::WARN, "added #{user}")
    @logger.log(Logger::INFO) { "logged #{user}" }
    @logger.info(LATE % user)
    @logger.info(GREETING + user)
    @logger.info(Texts::LOST % user)
    @logger.info(['a', user].join(', '))
    @logger.info "bare #{@owner}"
    @logger.info "joined " \
                 "lines #{user}"
    @logger.info <<~TEXT
      heredoc #{user}
        end
    TEXT
    @logger.info(<<-TEXT.strip)
      stripped #{user} end
    TEXT
    @logger.info(<<~'RAW')
      raw \#{user}
    RAW
    @logger.info(user.empty? ? 'none' : "some #{user}")
    @logger.info(%Q(quoted #{user}))
    @logger.info('single \n stays ' + user)
    text = 'appended '
    text += user
    @logger.info(text)
    message = "local #{user}"
    @logger.info message
    begin
      raise ArgumentError, 'broken'
    rescue ArgumentError => e
      @logger.error("failed #{e.message}")
    end
    note("wrapped #{user}")
  end

  def self.run
    logger = Logger.new(Marks::OUT)
    logger.formatter = Sinks.logger
    new(logger, 'o-4').shapes('u-17', 3)
    new(logger, 'o-4').shapes('', 3)
  end
end

# Logs through every framework that the source pass knows of Ruby.
require_relative 'marks'
require_relative 'desk_logger'
require_relative 'desk_rails'
require_relative 'desk_puts'

Marks.value('user', 'u-17')
Marks.value('user', '')
Marks.value('price', '3')
Marks.value('@owner', 'o-4')
Marks.value('e.message', 'broken')
LoggerDesk.run
RailsDesk.run
PutsDesk.run

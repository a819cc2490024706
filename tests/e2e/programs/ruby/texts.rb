module Texts
  LOST = 'order of %s is lost'
end

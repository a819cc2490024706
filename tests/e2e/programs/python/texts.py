LOST = 'order of %s is lost'

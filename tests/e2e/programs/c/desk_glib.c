#define G_LOG_DOMAIN "desk"
#include <glib.h>
#include <stdio.h>
#include <string.h>

#include "marks.h"

#define GLIB(level) AT("glib", level)

static void sink(const gchar* domain, GLogLevelFlags level, const gchar* text,
                 gpointer data) {
  (void)domain, (void)level, (void)data;
  fwrite(text, 1, strlen(text), stderr);
}

void glib_shapes(const char* user, int price) {
  g_log_set_default_handler(sink, NULL);
  GLIB("info"), g_message("plain");
  GLIB("info"), g_info("formatted %s of %d", user, price);
  GLIB("warning"), g_warning("joined " "lines %s", user);
  GLIB("error"), g_critical("critical %s", user);
  GLIB("debug"), g_debug("debug %s", user);
  GLIB("debug"), g_log("other", G_LOG_LEVEL_DEBUG, "log %s", user);
  GLIB("-"), g_print("print %s\n", user);
  GLIB("-"), g_printerr("error %s\n", user);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What tests expect of the plain JSON dialect, and viewers that do not read. Included by one test
 * each. */

#pragma once

#include "support/server-fixture.h"

#define WELCOME "{\"type\":\"welcome\",\"fps\":60.0,\"paused\":false}"

static inline void
assert_frame (WsClient *client,
              guint     iteration)
{
  g_autofree char *text = ws_read_text (client);

  g_assert_true (g_str_has_prefix (text, "{\"type\":\"frame\""));
  g_assert_cmpuint (ws_iteration_of (text), ==, iteration);
}

static inline void
assert_text (WsClient   *client,
             const char *expected)
{
  g_autofree char *text = ws_read_text (client);

  g_assert_cmpstr (text, ==, expected);
}

/* One that connects with little room and then reads nothing. */
static inline WsClient *
fixture_stall (Fixture *self)
{
  return ws_shake_hands (ws_connect_with (self->port, 2048), self->path, self->watch);
}

static inline BwServerLimits
tight_limits (void)
{
  BwServerLimits limits = BW_SERVER_LIMITS_DEFAULT;

  limits.send_buffer_bytes = 8192;
  limits.stall_ms = 60000;
  return limits;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a client of the plain JSON dialect says. The input is hostile. */

#pragma once

#include <glib.h>

#include "session/bw-command.h"

G_BEGIN_DECLS

/* Longer ones are refused. */
#define BW_CLIENT_MESSAGE_MAX_BYTES (64 * 1024)

#define BW_WIRE_ERROR (bw_wire_error_quark ())
GQuark bw_wire_error_quark (void);

typedef enum
{
  BW_WIRE_ERROR_TOO_LARGE,
  BW_WIRE_ERROR_NOT_UTF8,
  BW_WIRE_ERROR_SYNTAX,  /* not JSON, or nested too deeply */
  BW_WIRE_ERROR_CONTENT, /* JSON, but no message of this dialect */
} BwWireError;

typedef enum
{
  BW_CLIENT_MESSAGE_PING,
  BW_CLIENT_MESSAGE_COMMAND,
} BwClientMessageKind;

typedef struct
{
  BwClientMessageKind kind;
  BwCommandKind command; /* COMMAND: pause, resume or stop */
} BwClientMessage;

/* `text` need not be terminated. Members other than `type` are ignored.
 *
 * Returns: FALSE with a BW_WIRE_ERROR whose message may be shown to the sender; `message_out`
 * is then unchanged */
gboolean bw_client_message_parse (const char      *text,
                                  gsize            length,
                                  BwClientMessage *message_out,
                                  GError         **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a viewer says in the dialect boardwalk.1 (viewer/PROTOCOL.md). The input is hostile. */

#pragma once

#include "session/bw-command.h"
#include "wire/bw-client-message.h"

G_BEGIN_DECLS

/* In bytes, without the end. */
#define BW_VIEWER_NAME_MAX 40
#define BW_VIEWER_SELECTION_MAX 256

typedef enum
{
  BW_VIEWER_HELLO,
  BW_VIEWER_COMMAND,
  BW_VIEWER_PING,
  BW_VIEWER_HIDE,
  BW_VIEWER_SHOW,
  BW_VIEWER_FORCES,
  BW_VIEWER_NAME,
  BW_VIEWER_CURSOR,
  BW_VIEWER_SELECT,
  BW_VIEWER_GRAB,

  /* An owner's. */
  BW_VIEWER_CLIENTS,
  BW_VIEWER_PROMOTE,
  BW_VIEWER_DISCONNECT,
  BW_VIEWER_RENEW,
  BW_VIEWER_REVOKE,
} BwViewerMessageKind;

/* A value. Numbers are what the viewer claims: in range of their type, nothing more. */
typedef struct
{
  BwViewerMessageKind kind;

  char name[BW_VIEWER_NAME_MAX + 1]; /* HELLO, NAME: UTF-8 on one line; "": none */

  guint64 instance;         /* HELLO: of the stream it was in; 0: none */
  guint32 last_seq;         /* HELLO: of the frame that it has; 0: none */
  gboolean wants_parts;     /* HELLO */
  gboolean on;              /* HELLO: wants forces; FORCES; CURSOR: it is over the board */

  gint64 cmd_id;            /* COMMAND, and all of an owner's */
  gboolean is_command;      /* COMMAND: `command` is one; else there is none of that name */
  BwCommandKind command;
  BwPose poses[BW_VIEWER_SELECTION_MAX]; /* COMMAND about parts: what it has of each of those
                                          * selected */

  BwWeight weight;          /* COMMAND of kind SET */
  double value;             /* the same, and WEIGH: from 0 to BW_WEIGHT_MOST */
  guint32 net;              /* COMMAND of kind WEIGH: an index, within no bounds */
  BwAsked asked;            /* COMMAND that begins a run */

  double t0;                /* PING: finite */

  gint32 x_nm;              /* CURSOR: within BW_COORD_MAX_NM */
  gint32 y_nm;

  guint32 selection[BW_VIEWER_SELECTION_MAX]; /* SELECT, GRAB, COMMAND about parts (one at least),
                                               * START of these alone (none: of all): indexes,
                                               * within no bounds */
  guint16 n_selected;

  guint32 number;           /* PROMOTE, DISCONNECT: whom */
  guint8 role;              /* PROMOTE, RENEW, REVOKE: 0 viewer, 1 controller, 2 owner */
} BwViewerMessage;

/* A text message. `text` need not be terminated. Unknown members are ignored.
 *
 * Returns: FALSE with a BW_WIRE_ERROR whose message may be shown to the sender */
gboolean bw_viewer_message_parse (const char      *text,
                                  gsize            length,
                                  BwViewerMessage *message_out,
                                  GError         **error);

/* A binary message: an acknowledgement; FALSE where it is none. */
gboolean bw_viewer_message_parse_ack (const guint8 *data,
                                      gsize         length,
                                      guint32      *seq_out);

G_END_DECLS

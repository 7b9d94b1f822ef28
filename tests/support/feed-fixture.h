/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A board and a feed that a test drives by hand. Included by one test each. */

#pragma once

#include "board/bw-board-reader.h"
#include "session/bw-feed.h"
#include "session/bw-hub.h"

/* Three parts on two sides: a double reference, and a name that JSON must escape. */
#define TINY_BOARD \
  "(kicad_pcb (version 20221018) (generator pcbnew)\n" \
  "  (general (thickness 1.6))\n" \
  "  (layers (0 \"F.Cu\" signal) (31 \"B.Cu\" signal) (37 \"F.SilkS\" user)\n" \
  "    (44 \"Edge.Cuts\" user) (47 \"F.CrtYd\" user) (49 \"F.Fab\" user))\n" \
  "  (net 0 \"\") (net 1 \"GND\") (net 2 \"A \\\"quoted\\\" net\")\n" \
  "  (footprint \"R:R_0603\" (layer \"F.Cu\") (at 10.5 20.3 90)\n" \
  "    (fp_text reference \"R1\" (at 0 -1.5) (layer \"F.SilkS\"))\n" \
  "    (fp_text value \"10k\" (at 0 1.5) (layer \"F.Fab\"))\n" \
  "    (fp_line (start -1 -1) (end 1 -1) (layer \"F.SilkS\") (width 0.12))\n" \
  "    (pad \"1\" smd rect (at -0.8 0 90) (size 0.8 0.9) (layers \"F.Cu\") (net 1 \"GND\"))\n" \
  "    (pad \"2\" smd rect (at 0.8 0 90) (size 0.8 0.9) (layers \"F.Cu\")" \
  " (net 2 \"A \\\"quoted\\\" net\")))\n" \
  "  (footprint \"R:R_0603\" (layer \"F.Cu\") (at 30 20.3)\n" \
  "    (fp_text reference \"R1\" (at 0 -1.5) (layer \"F.SilkS\"))\n" \
  "    (fp_text value \"22k\" (at 0 1.5) (layer \"F.Fab\"))\n" \
  "    (pad \"1\" smd rect (at -0.8 0) (size 0.8 0.9) (layers \"F.Cu\") (net 1 \"GND\"))\n" \
  "    (pad \"2\" smd rect (at 0.8 0) (size 0.8 0.9) (layers \"F.Cu\")" \
  " (net 2 \"A \\\"quoted\\\" net\")))\n" \
  "  (footprint \"C:C_0603\" (layer \"B.Cu\") (at 20 30 180)\n" \
  "    (fp_text reference \"C1\" (at 0 1.5) (layer \"B.SilkS\"))\n" \
  "    (fp_text value \"100n\" (at 0 -1.5) (layer \"B.Fab\"))\n" \
  "    (pad \"1\" smd rect (at -0.8 0 180) (size 0.8 0.9) (layers \"B.Cu\") (net 1 \"GND\")))\n" \
  "  (gr_rect (start 0 0) (end 50 40) (layer \"Edge.Cuts\") (width 0.1))\n" \
  "  (segment (start 10 10) (end 12 10) (width 0.25) (layer \"F.Cu\") (net 1))\n" \
  ")\n"

static inline BwBoard *
fixture_parse_board (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  BwBoard *board = bw_board_new_from_bytes (bytes, "tiny.kicad_pcb", &error);

  g_assert_no_error (error);
  return board;
}

/* `n_parts` parts R0, R1, … */
static inline BwBoard *
fixture_make_board (guint n_parts)
{
  g_autoptr (GString) text = g_string_new ("(kicad_pcb (version 20221018) (generator pcbnew)\n"
                                           "  (layers (0 \"F.Cu\" signal) (31 \"B.Cu\" signal)"
                                           " (44 \"Edge.Cuts\" user))\n"
                                           "  (net 0 \"\") (net 1 \"GND\")\n");

  for (guint i = 0; i < n_parts; i++)
    g_string_append_printf (text,
                            "  (footprint \"R:R_0603\" (layer \"F.Cu\") (at %u %u)\n"
                            "    (fp_text reference \"R%u\" (at 0 -1.5) (layer \"F.SilkS\"))\n"
                            "    (pad \"1\" smd rect (at 0 0) (size 1 1) (layers \"F.Cu\")"
                            " (net 1 \"GND\")))\n",
                            i % 40 * 5, i / 40 * 5, i);
  g_string_append (text, "  (gr_rect (start -10 -10) (end 210 210) (layer \"Edge.Cuts\")"
                         " (width 0.1))\n)\n");
  return fixture_parse_board (text->str);
}

/* A feed whose hub the test holds. */
#define FAKE_TYPE_FEED (fake_feed_get_type ())
G_DECLARE_FINAL_TYPE (FakeFeed, fake_feed, FAKE, FEED, GObject)

struct _FakeFeed
{
  GObject parent_instance;
  BwBoard *board;
  BwHub *hub;
};

static BwBoard *
fake_feed_get_board (BwFeed *feed)
{
  return FAKE_FEED (feed)->board;
}

static BwPort *
fake_feed_subscribe (BwFeed       *feed,
                     GMainContext *context,
                     BwPortFunc    func,
                     gpointer      user_data)
{
  return bw_hub_subscribe (FAKE_FEED (feed)->hub, context, func, user_data);
}

static void
fake_feed_iface_init (BwFeedInterface *iface)
{
  iface->get_board = fake_feed_get_board;
  iface->subscribe = fake_feed_subscribe;
}

G_DEFINE_TYPE_WITH_CODE (FakeFeed, fake_feed, G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (BW_TYPE_FEED, fake_feed_iface_init))

static gboolean
fake_feed_on_command (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
fake_feed_init (FakeFeed *self)
{
  self->hub = bw_hub_new ();
  bw_hub_set_owner (self->hub, NULL, fake_feed_on_command, NULL);
}

static void
fake_feed_finalize (GObject *object)
{
  FakeFeed *self = FAKE_FEED (object);

  bw_hub_close (self->hub);
  bw_hub_unref (self->hub);
  bw_board_unref (self->board);
  G_OBJECT_CLASS (fake_feed_parent_class)->finalize (object);
}

static void
fake_feed_class_init (FakeFeedClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fake_feed_finalize;
}

/* Takes over the board. */
static inline FakeFeed *
fake_feed_new (BwBoard *board)
{
  FakeFeed *self = g_object_new (FAKE_TYPE_FEED, NULL);

  self->board = board;
  return self;
}

/* A frame whose first part lies at x = `iteration` mm, the others as in the file. */
static inline void
fake_feed_publish (FakeFeed           *self,
                   guint32             iteration,
                   gboolean            final,
                   const BwFrameForce *forces,
                   guint32             n_forces)
{
  g_autofree BwPose *poses = bw_board_dup_poses (self->board);

  poses[0].at.x_nm = (gint32) iteration * 1000000;
  bw_hub_publish_frame (self->hub, &(BwFrame) {
                                     .epoch = 1,
                                     .iteration = iteration,
                                     .budget = 1000,
                                     .phase = final ? BW_PHASE_FINAL : BW_PHASE_REFINEMENT,
                                     .final = final,
                                     .n_footprints = self->board->n_footprints,
                                     .poses = poses,
                                     .energy = 123.45,
                                     .hpwl_mm = 150.3,
                                     .max_move_mm = 0.5,
                                     .overlaps = 2,
                                     .forces = forces,
                                     .n_forces = n_forces,
                                   });
}

static inline void
fake_feed_say (FakeFeed     *self,
               BwStatusLevel level,
               const char   *message)
{
  bw_hub_log (self->hub, &(BwLogEntry) {
                           .kind = BW_LOG_STATUS,
                           .level = level,
                           .message = message,
                         });
}

static inline void
fake_feed_set_state (FakeFeed  *self,
                     BwRunState state,
                     gboolean   stop_requested)
{
  bw_hub_set_state (self->hub, state, stop_requested, 1, 1);
}

static inline BwCommand
fake_feed_wait_command (FakeFeed *self)
{
  BwCommand command;

  while (!bw_hub_pop_command (self->hub, &command))
    g_main_context_iteration (NULL, TRUE);
  return command;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A window for one board: opens it, runs it, saves it. Without a board it offers to open one.
 *
 * Signal `save-ended` (gboolean saved): where it is not saved, the window tells why. */

#pragma once

#include <gtk/gtk.h>

#include "app/bw-sharing.h"

G_BEGIN_DECLS

#define BW_TYPE_WINDOW (bw_window_get_type ())
G_DECLARE_FINAL_TYPE (BwWindow, bw_window, BW, WINDOW, GtkApplicationWindow)

/* `sharing` is what all windows share their boards by. */
BwWindow *bw_window_new          (GtkApplication *application,
                                  BwSharing      *sharing);

/* Loads the board and shows it; trouble is shown in the window. Only on a window that is vacant. */
void      bw_window_open         (BwWindow       *self,
                                  GFile          *file);

/* The board's file, or the one that is being loaded. (transfer none) (nullable) */
GFile    *bw_window_get_file     (BwWindow       *self);

/* No board, and none being loaded. */
gboolean  bw_window_is_vacant    (BwWindow       *self);

/* What is to be told of it. (transfer full) (nullable): there is none */
char     *bw_window_dup_name     (BwWindow       *self);

/* Its parts lie elsewhere than in the file: closing the window asks what is to become of that. */
gboolean  bw_window_has_changes  (BwWindow       *self);

/* Its run, if there is one, is paused until it may go on as before. */
void      bw_window_wait         (BwWindow       *self);
void      bw_window_go_on        (BwWindow       *self);

/* Unless that is under way. */
void      bw_window_save         (BwWindow       *self);

/* From now on it is closed without asking, and what was not saved is forgotten. */
void      bw_window_give_up_changes (BwWindow    *self);

/* Turns sharing on as soon as a board is there, and shows the addresses. */
void      bw_window_share        (BwWindow       *self);

/* Where the window has no board: asks whether to open one that was left unsaved by a crash. */
void       bw_window_offer_recovery (BwWindow *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Main thread. */

#pragma once

/* From now on screen readers are told the names of buttons without the underlines of mnemonics, and
 * of the buttons in drop-downs at all. GTK 4.8 hands them on as they are: "_Open Open", and
 * "GtkToggleButton". Once. */
void bw_mnemonics_tidy_names (void);

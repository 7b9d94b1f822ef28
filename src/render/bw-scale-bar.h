/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How long a scale bar is. */

#pragma once

/* The longest of …, 0.5, 1, 2, 5, 10, … units that takes at most `most_px`; both above 0. */
double bw_scale_bar_length (double px_per_unit,
                            double most_px);

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/bw-cli-json.h"

static void
add_int (JsonBuilder *builder,
         const char  *name,
         gint64       value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
add_double (JsonBuilder *builder,
            const char  *name,
            double       value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_double_value (builder, value);
}

void
bw_cli_json_add_layout (JsonBuilder   *builder,
                        const BwBoard *board,
                        const BwFrame *frame)
{
  BwTidiness tidiness;

  bw_tidiness_measure (board, frame->poses, &tidiness);
  add_int (builder, "crossings", frame->routability.crossings);
  add_int (builder, "unroutable_pins", frame->routability.unroutable_pins);
  add_double (builder, "congestion", frame->routability.congestion);
  add_int (builder, "decoupling_capacitors", tidiness.n_decoupling);
  add_double (builder, "decoupling_mm", tidiness.decoupling_mm);
  add_int (builder, "equal_neighbours", tidiness.n_equal);
  add_int (builder, "aligned_neighbours", tidiness.n_aligned);
}

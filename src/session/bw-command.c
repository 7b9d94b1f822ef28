/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-command.h"

const char *
bw_command_kind_name (BwCommandKind kind)
{
  switch (kind)
    {
    case BW_COMMAND_START:
      return "start";
    case BW_COMMAND_PAUSE:
      return "pause";
    case BW_COMMAND_RESUME:
      return "resume";
    case BW_COMMAND_STEP:
      return "step";
    case BW_COMMAND_STOP:
      return "stop";
    case BW_COMMAND_RESTART:
      return "restart";
    case BW_COMMAND_UNTANGLE:
      return "untangle";
    default:
      g_return_val_if_reached ("");
    }
}

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
    case BW_COMMAND_MOVE:
      return "move";
    case BW_COMMAND_ROTATE:
      return "rotate";
    case BW_COMMAND_FLIP:
      return "flip";
    case BW_COMMAND_LOCK:
      return "lock";
    case BW_COMMAND_UNLOCK:
      return "unlock";
    case BW_COMMAND_SET:
      return "set";
    case BW_COMMAND_WEIGH:
      return "weigh";
    case BW_COMMAND_CHOOSE:
      return "choose";
    default:
      g_return_val_if_reached ("");
    }
}

gboolean
bw_command_kind_has_part (BwCommandKind kind)
{
  return kind >= BW_COMMAND_MOVE && kind <= BW_COMMAND_UNLOCK;
}

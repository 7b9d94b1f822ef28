/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-renderer.h"

#include <epoxy/gl.h>

/* What Mesa's and Chromium's software implementations call themselves. */
static const char *const software[] = { "llvmpipe", "softpipe", "swrast", "SwiftShader",
                                        "Software Rasterizer" };

static gboolean
is_software (const char *renderer)
{
  for (gsize i = 0; i < G_N_ELEMENTS (software); i++)
    if (strstr (renderer, software[i]))
      return TRUE;
  return FALSE;
}

/* The canvas comes as a picture of the whole window. OpenGL in software takes two and a half
 * times the processor for it that cairo takes, and that on the cores that the placement wants. */
void
bw_renderer_choose (GdkDisplay *display)
{
  g_autoptr (GdkGLContext) context = NULL;
  const char *renderer;

  if (g_getenv ("GSK_RENDERER"))
    return;
  context = gdk_display_create_gl_context (display, NULL);
  if (!context || !gdk_gl_context_realize (context, NULL))
    return;
  gdk_gl_context_make_current (context);
  renderer = (const char *) glGetString (GL_RENDERER);
  g_debug ("OpenGL is %s", renderer ? renderer : "not there");
  if (renderer && is_software (renderer))
    g_setenv ("GSK_RENDERER", "cairo", TRUE);
  gdk_gl_context_clear_current ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "placer/bw-wirelength.h"

#include <string.h>

#include "base/bw-math.h"

void
bw_wirelength_lay (BwWirelength  *self,
                   const BwModel *model,
                   BwWorkspace   *workspace)
{
  uint32_t n_terms = 0, most = 0;

  for (uint32_t k = 0; k < model->n_nets; k++)
    {
      n_terms += model->nets[k].n_terms;
      if (model->nets[k].n_terms > most)
        most = model->nets[k].n_terms;
    }
  self->model = model;
  self->reaches = bw_workspace_take (workspace, n_terms, sizeof *self->reaches);
  self->shares = bw_workspace_take (workspace, 2 * (size_t) most, sizeof *self->shares);
}

void
bw_wirelength_set_slot (BwWirelength *self,
                        uint32_t      part,
                        uint32_t      slot,
                        double        centre_x_nm,
                        double        centre_y_nm)
{
  const BwModelPart *p = &self->model->parts[part];

  for (uint32_t t = p->first_term; t < p->first_term + p->n_terms; t++)
    {
      const BwBox *span = &self->model->spans[self->model->terms[t].first_span + slot];

      self->reaches[t] = (BwReach) {
        (float) ((span->x0_nm - centre_x_nm) / BW_NM_PER_MM),
        (float) ((span->x1_nm - centre_x_nm) / BW_NM_PER_MM),
        (float) ((span->y0_nm - centre_y_nm) / BW_NM_PER_MM),
        (float) ((span->y1_nm - centre_y_nm) / BW_NM_PER_MM),
      };
    }
}

/* One axis of one net. `low` and `high` are the term's reach along that axis. */
static void
add_net_gradient (BwWirelength     *self,
                  const BwModelNet *net,
                  const double     *position,
                  bool              along_y,
                  double            gamma_mm,
                  double           *gradient)
{
  const BwModel *model = self->model;
  const uint32_t *terms = model->net_terms + net->first_term;
  double least = 1e300, most = -1e300, inverse = 1.0 / gamma_mm;
  double sum_high = 0.0, moment_high = 0.0, sum_low = 0.0, moment_low = 0.0;

  for (uint32_t i = 0; i < net->n_terms; i++)
    {
      const BwReach *reach = &self->reaches[terms[i]];
      double at = position[model->terms[terms[i]].part];
      double low = at + (double) (along_y ? reach->y0 : reach->x0);
      double high = at + (double) (along_y ? reach->y1 : reach->x1);

      least = low < least ? low : least;
      most = high > most ? high : most;
    }
  for (uint32_t i = 0; i < net->n_terms; i++)
    {
      const BwReach *reach = &self->reaches[terms[i]];
      double at = position[model->terms[terms[i]].part];
      double low = at + (double) (along_y ? reach->y0 : reach->x0);
      double high = at + (double) (along_y ? reach->y1 : reach->x1);
      double share_high = bw_exp ((high - most) * inverse);
      double share_low = bw_exp ((least - low) * inverse);

      self->shares[2 * i] = share_high;
      self->shares[2 * i + 1] = share_low;
      sum_high += share_high;
      moment_high += share_high * high;
      sum_low += share_low;
      moment_low += share_low * low;
    }
  for (uint32_t i = 0; i < net->n_terms; i++)
    {
      const BwReach *reach = &self->reaches[terms[i]];
      uint32_t part = model->terms[terms[i]].part;
      double low = position[part] + (double) (along_y ? reach->y0 : reach->x0);
      double high = position[part] + (double) (along_y ? reach->y1 : reach->x1);
      double pull_high = self->shares[2 * i] / sum_high *
                         (1.0 + (high - moment_high / sum_high) * inverse);
      double pull_low = self->shares[2 * i + 1] / sum_low *
                        (1.0 - (low - moment_low / sum_low) * inverse);

      gradient[part] += net->weight * (pull_high - pull_low);
    }
}

void
bw_wirelength_gradient (BwWirelength *self,
                        const double *x,
                        const double *y,
                        double        gamma_mm,
                        double       *gx_out,
                        double       *gy_out)
{
  const BwModel *model = self->model;

  memset (gx_out, 0, model->n_parts * sizeof *gx_out);
  memset (gy_out, 0, model->n_parts * sizeof *gy_out);
  for (uint32_t k = 0; k < model->n_nets; k++)
    {
      const BwModelNet *net = &model->nets[k];

      if (net->n_terms < 2 || net->weight == 0.0)
        continue;
      add_net_gradient (self, net, x, false, gamma_mm, gx_out);
      add_net_gradient (self, net, y, true, gamma_mm, gy_out);
    }
}

static double
net_length (const BwWirelength *self,
            const BwModelNet   *net,
            const double       *x,
            const double       *y)
{
  const BwModel *model = self->model;
  double x0 = 1e300, x1 = -1e300, y0 = 1e300, y1 = -1e300;

  if (net->n_terms == 0 || net->weight == 0.0)
    return 0.0;
  for (uint32_t i = 0; i < net->n_terms; i++)
    {
      uint32_t t = model->net_terms[net->first_term + i];
      uint32_t part = model->terms[t].part;
      const BwReach *reach = &self->reaches[t];

      x0 = x[part] + reach->x0 < x0 ? x[part] + reach->x0 : x0;
      x1 = x[part] + reach->x1 > x1 ? x[part] + reach->x1 : x1;
      y0 = y[part] + reach->y0 < y0 ? y[part] + reach->y0 : y0;
      y1 = y[part] + reach->y1 > y1 ? y[part] + reach->y1 : y1;
    }
  return net->weight * (x1 - x0 + y1 - y0);
}

double
bw_wirelength_measure (const BwWirelength *self,
                       const double       *x,
                       const double       *y)
{
  double sum_mm = 0.0;

  for (uint32_t k = 0; k < self->model->n_nets; k++)
    sum_mm += net_length (self, &self->model->nets[k], x, y);
  return sum_mm;
}

double
bw_wirelength_of_part (const BwWirelength *self,
                       uint32_t            part,
                       const double       *x,
                       const double       *y)
{
  const BwModelPart *p = &self->model->parts[part];
  double sum_mm = 0.0;

  for (uint32_t t = p->first_term; t < p->first_term + p->n_terms; t++)
    sum_mm += net_length (self, &self->model->nets[self->model->terms[t].net], x, y);
  return sum_mm;
}

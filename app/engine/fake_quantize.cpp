// Fake quantization in one pass over the data, forward and backward.
//
// The formulas and their order of operations are NNCF's (its functions_cpu.cpp), so the forward
// pass gives its results bit for bit in float32. NNCF's own kernels run each operation as a tensor
// operation of its own, some eight passes forward and fifteen back, which took half of a training step.

#include <ATen/Parallel.h>
#include <ATen/core/Tensor.h>
#include <ATen/Dispatch.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/zeros_like.h>
#include <torch/library.h>

#include <algorithm>
#include <cmath>
#include <tuple>
#include <vector>

namespace {

constexpr int64_t kSegment = 8192;  // elements summed in one go; fixed, so that sums do not depend on threads
constexpr int64_t kGrain = 32768;   // elements that are worth a thread
constexpr int64_t kBlock = 512;     // elements whose shares are kept before they are summed
constexpr int64_t kLanes = 16;      // partial sums side by side, for the vector unit

// The ranges lie along one dimension of the data, or there is a single one.
struct Layout {
  int64_t rows = 1, row_length = 1, channels = 1;
  int64_t segments() const { return (row_length + kSegment - 1) / kSegment; }
  int64_t units() const { return rows * segments(); }
  int64_t unit_grain() const { return std::max<int64_t>(1, kGrain / std::min(row_length, kSegment)); }
};

Layout layout_of(const at::Tensor& input, const at::Tensor& ranges) {
  Layout layout;
  layout.row_length = std::max<int64_t>(1, input.numel());
  if (ranges.numel() == 1) return layout;
  TORCH_CHECK(ranges.dim() == input.dim(), "the ranges need as many dimensions as the input, or one element");
  int64_t axis = -1;
  for (int64_t d = 0; d < input.dim(); ++d) {
    if (ranges.size(d) == 1) continue;
    TORCH_CHECK(axis < 0 && ranges.size(d) == input.size(d), "the ranges have to lie along one dimension");
    axis = d;
  }
  layout.channels = input.size(axis);
  layout.row_length = 1;
  for (int64_t d = axis + 1; d < input.dim(); ++d) layout.row_length *= input.size(d);
  layout.rows = layout.row_length == 0 ? 0 : input.numel() / layout.row_length;
  return layout;
}

// Sums and ranges are in float for the short types.
template <typename T> struct Wide { using type = float; };
template <> struct Wide<double> { using type = double; };

template <typename W>
struct Quantizer {
  W low, high, scale, zero_point, reverted_range;
  Quantizer(W input_low, W input_range, int64_t levels)
      : low(input_low),
        high(input_low + input_range),
        scale(static_cast<W>(levels - 1) / input_range),
        zero_point(std::nearbyint(-input_low * scale)),
        reverted_range(W(1) / input_range) {}
  // Written so that NaN comes through.
  W operator()(W x) const {
    W value = x > high ? high : x;
    value = value < low ? low : value;
    return std::nearbyint((value - low) * scale - zero_point) / scale;
  }
};

template <typename W>
W sum(const W* values, int64_t length) {
  W lanes[kLanes] = {};
  const int64_t whole = length - length % kLanes;
  for (int64_t i = 0; i < whole; i += kLanes) {
    for (int64_t lane = 0; lane < kLanes; ++lane) lanes[lane] += values[i + lane];
  }
  for (int64_t i = whole; i < length; ++i) lanes[i - whole] += values[i];
  W total = 0;
  for (const W lane : lanes) total += lane;
  return total;
}

// In loops that compilers turn into vector instructions: the comparisons apart from the clamping.
template <typename W, typename T>
void backward_block(
    const Quantizer<W>& quantizer, W alpha, const T* __restrict x, const T* __restrict g, T* __restrict out,
    W* __restrict to_lows, W* __restrict to_ranges, int64_t length) {
  const W low = quantizer.low, high = quantizer.high, reverted_range = quantizer.reverted_range;
  for (int64_t i = 0; i < length; ++i) {
    const W value = x[i];
    to_ranges[i] = (quantizer(value) - value) * reverted_range;
  }
  for (int64_t i = 0; i < length; ++i) {
    const W value = x[i], slope = g[i];
    const W error = value > high ? W(1) : to_ranges[i];
    const W inside = value > high ? W(0) : slope;
    const W kept = value < low ? W(0) : inside;
    out[i] = static_cast<T>(kept);
    to_lows[i] = slope - kept;
    to_ranges[i] = (value < low ? alpha : error) * slope;
  }
}

template <typename T, typename Work>
void for_each_unit(const Layout& layout, const T* low, const T* range, int64_t levels, const Work& work) {
  using W = typename Wide<T>::type;
  const int64_t segments = layout.segments();
  at::parallel_for(0, layout.units(), layout.unit_grain(), [&](int64_t begin, int64_t end) {
    for (int64_t unit = begin; unit < end; ++unit) {
      const int64_t row = unit / segments, segment = unit % segments, channel = row % layout.channels;
      const int64_t start = row * layout.row_length + segment * kSegment;
      const int64_t count = std::min(kSegment, layout.row_length - segment * kSegment);
      work(Quantizer<W>(low[channel], range[channel], levels), unit, channel, start, count);
    }
  });
}

at::Tensor forward(const at::Tensor& input_, const at::Tensor& low_, const at::Tensor& range_, int64_t levels) {
  const at::Tensor input = input_.contiguous();
  const at::Tensor low = low_.to(input.scalar_type()).contiguous();
  const at::Tensor range = range_.to(input.scalar_type()).contiguous();
  at::Tensor output = at::empty_like(input);
  if (input.numel() == 0) return output;
  const Layout layout = layout_of(input, low);
  AT_DISPATCH_FLOATING_TYPES_AND2(
      at::kHalf, at::kBFloat16, input.scalar_type(), "fake_quantize_forward", [&] {
        using W = typename Wide<scalar_t>::type;
        const scalar_t* x = input.const_data_ptr<scalar_t>();
        scalar_t* y = output.mutable_data_ptr<scalar_t>();
        for_each_unit<scalar_t>(
            layout, low.const_data_ptr<scalar_t>(), range.const_data_ptr<scalar_t>(), levels,
            [&](const Quantizer<W>& quantizer, int64_t, int64_t, int64_t start, int64_t count) {
              for (int64_t i = start; i < start + count; ++i) {
                y[i] = static_cast<scalar_t>(quantizer(static_cast<W>(x[i])));
              }
            });
      });
  return output;
}

std::tuple<at::Tensor, at::Tensor, at::Tensor> backward(
    const at::Tensor& gradient_, const at::Tensor& input_, const at::Tensor& low_, const at::Tensor& range_,
    int64_t levels, int64_t level_low, int64_t level_high) {
  const at::Tensor input = input_.contiguous();
  const at::Tensor gradient = gradient_.to(input.scalar_type()).contiguous();
  const at::Tensor low = low_.to(input.scalar_type()).contiguous();
  const at::Tensor range = range_.to(input.scalar_type()).contiguous();
  at::Tensor to_input = at::empty_like(input);
  at::Tensor to_low = at::zeros_like(low), to_range = at::zeros_like(range);
  if (input.numel() == 0) return {to_input, to_low, to_range};
  const Layout layout = layout_of(input, low);
  AT_DISPATCH_FLOATING_TYPES_AND2(
      at::kHalf, at::kBFloat16, input.scalar_type(), "fake_quantize_backward", [&] {
        using W = typename Wide<scalar_t>::type;
        const W alpha = static_cast<W>(level_low) / static_cast<W>(level_high);
        const scalar_t* x = input.const_data_ptr<scalar_t>();
        const scalar_t* g = gradient.const_data_ptr<scalar_t>();
        scalar_t* out = to_input.mutable_data_ptr<scalar_t>();
        std::vector<double> of_low(layout.units()), of_range(layout.units());
        for_each_unit<scalar_t>(
            layout, low.const_data_ptr<scalar_t>(), range.const_data_ptr<scalar_t>(), levels,
            [&](const Quantizer<W>& quantizer, int64_t unit, int64_t, int64_t start, int64_t count) {
              W to_lows[kBlock], to_ranges[kBlock];
              for (int64_t block = start; block < start + count; block += kBlock) {
                const int64_t length = std::min(kBlock, start + count - block);
                backward_block(quantizer, alpha, x + block, g + block, out + block, to_lows, to_ranges, length);
                of_low[unit] += sum(to_lows, length);
                of_range[unit] += sum(to_ranges, length);
              }
            });
        std::vector<double> low_total(layout.channels), range_total(layout.channels);
        const int64_t segments = layout.segments();
        for (int64_t unit = 0; unit < layout.units(); ++unit) {
          const int64_t channel = unit / segments % layout.channels;
          low_total[channel] += of_low[unit];
          range_total[channel] += of_range[unit];
        }
        std::copy(low_total.begin(), low_total.end(), to_low.mutable_data_ptr<scalar_t>());
        std::copy(range_total.begin(), range_total.end(), to_range.mutable_data_ptr<scalar_t>());
      });
  return {to_input, to_low, to_range};
}

}  // namespace

TORCH_LIBRARY(whittle, library) {
  library.def("fake_quantize(Tensor input, Tensor low, Tensor range, int levels) -> Tensor", &forward);
  library.def(
      "fake_quantize_backward(Tensor gradient, Tensor input, Tensor low, Tensor range, int levels, "
      "int level_low, int level_high) -> (Tensor, Tensor, Tensor)",
      &backward);
}

#include "memory.h"

#include <cstdlib>
#include <cstring>
#include <new>

namespace norma {

void Touched::nextEpoch() {
  tag_ += uint64_t{1} << 56;
  if (tag_ == 0) {
    std::fill(cells_.begin(), cells_.end(), 0);
    tag_ = uint64_t{1} << 56;
  }
}

void Touched::prepare(int bytes) {
  int shift = __builtin_ctz(bytes);
  if (cells_.empty()) {
    shift_ = shift;
    cells_.assign((bytes_ >> shift) + 1, 0);
  } else if (shift < shift_) {
    std::vector<uint64_t> finer((bytes_ >> shift) + 1, 0);
    int by = shift_ - shift;
    for (size_t g = 0; g < finer.size(); g++) finer[g] = cells_[g >> by];
    cells_.swap(finer);
    shift_ = shift;
  }
}

std::string Touched::describe(uint64_t granule) const {
  uint64_t c = current(granule);
  uint64_t writer = c & kThread;
  uint64_t reader = c >> 28 & kThread;
  if (writer != 0) return "thread " + std::to_string(writer - 1) + " wrote";
  if (reader == kMany) return "several threads read";
  return "thread " + std::to_string(reader - 1) + " read";
}

void Region::Free::operator()(void* p) const { std::free(p); }

namespace {

uint8_t* storage(uint64_t size) {
  void* p = std::aligned_alloc(64, (size + 63) / 64 * 64);
  if (p == nullptr) throw std::bad_alloc();
  return static_cast<uint8_t*>(p);
}

}  // namespace

Region::Region(uint64_t base, uint64_t size, uint64_t number)
    : base(base), size(size), number(number), written(size, 0), touched(size), own_(storage(size)) {
  data = own_.get();
}

bool Region::isWritten(uint64_t address, uint64_t bytes) const {
  const uint8_t* first = written.data() + (address - base);
  return bytes == 0 || (*first == 0xff && std::memcmp(first, first + 1, bytes - 1) == 0);
}

Memory::Memory(int device) : next_(kFirstDeviceAddress + device * kAddressesOfDevice) {}

uint64_t Memory::reserve(uint64_t bytes) {
  // An offset that is wrong by less than the allocation's own size still ends in the gap. Starts
  // are multiples of 256, as those of cuMemAlloc, and of no more.
  constexpr uint64_t kGap = 1 << 16;
  uint64_t base = next_ + 256;
  next_ = (base + 2 * bytes + 2 * kGap) / kGap * kGap;
  return base;
}

Region& Memory::allocate(uint64_t bytes) {
  uint64_t base = reserve(bytes);
  auto region = std::make_unique<Region>(base, bytes, ++number_);
  used_ += bytes;
  return *(regions_[base] = std::move(region));
}

bool Memory::release(uint64_t base) {
  constexpr size_t kRemembered = 4096;
  auto found = regions_.find(base);
  if (found == regions_.end()) return false;
  const Region& region = *found->second;
  gone_.push_back({region.base, region.size, region.number});
  if (gone_.size() > kRemembered) gone_.pop_front();
  used_ -= region.size;
  regions_.erase(found);
  return true;
}

Region* Memory::find(uint64_t address, uint64_t bytes) {
  auto after = regions_.upper_bound(address);
  if (after == regions_.begin()) return nullptr;
  Region* region = std::prev(after)->second.get();
  return region->contains(address, bytes) ? region : nullptr;
}

std::string Memory::describe(uint64_t address) const {
  for (const Gone& g : gone_) {
    if (address - g.base < g.size) {
      return "byte " + std::to_string(address - g.base) + " of allocation " +
             std::to_string(g.number) + ", which was freed";
    }
  }
  auto after = regions_.upper_bound(address);
  if (after != regions_.begin()) {
    const Region& r = *std::prev(after)->second;
    if (address - r.base < 2 * r.size + (1 << 20)) {
      return "byte " + std::to_string(address - r.base) + " of allocation " +
             std::to_string(r.number) + ", which has " + std::to_string(r.size);
    }
  }
  if (after != regions_.end() && after->first - address < 1 << 20) {
    return std::to_string(after->first - address) + " bytes before allocation " +
           std::to_string(after->second->number);
  }
  return "no allocation";
}

}  // namespace norma

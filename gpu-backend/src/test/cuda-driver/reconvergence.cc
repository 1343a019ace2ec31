// Immediate post-dominators of the blocks of a kernel, by the iteration of Cooper, Harvey and
// Kennedy, "A Simple, Fast Dominance Algorithm" (2001), on the reversed graph.
#include <algorithm>

#include "kernel.h"

namespace norma {

namespace {

class PostDominators {
 public:
  explicit PostDominators(const Kernel& kernel) : code_(kernel.code) {
    findBlocks();
    connect();
    number();
    iterate();
  }

  /** The instruction at which threads that part at this branch meet; kNone: they never do. */
  uint32_t meeting(uint32_t branch) const {
    int block = idom_[blockOf_[branch]];
    return block < 0 || block == exit_ ? kNone : starts_[block];
  }

 private:
  void findBlocks() {
    std::vector<bool> leader(code_.size() + 1, false);
    leader[0] = true;
    for (size_t i = 0; i < code_.size(); i++) {
      if (code_[i].flow == Flow::kBranch) leader[code_[i].target] = true;
      if (endsBlock(code_[i])) leader[i + 1] = true;
    }
    blockOf_.resize(code_.size());
    for (size_t i = 0; i < code_.size(); i++) {
      if (leader[i]) starts_.push_back(static_cast<uint32_t>(i));
      blockOf_[i] = static_cast<int>(starts_.size()) - 1;
    }
    exit_ = static_cast<int>(starts_.size());
  }

  static bool endsBlock(const Instruction& i) {
    return i.flow == Flow::kBranch || i.flow == Flow::kReturn || i.flow == Flow::kTrap;
  }

  void connect() {
    successors_.resize(exit_ + 1);
    predecessors_.resize(exit_ + 1);
    for (int b = 0; b < exit_; b++) {
      size_t end = b + 1 < exit_ ? starts_[b + 1] : code_.size();
      const Instruction& last = code_[end - 1];
      if (last.flow == Flow::kBranch) join(b, blockOf_[last.target]);
      if (last.flow == Flow::kReturn || last.flow == Flow::kTrap) join(b, exit_);
      if (!endsBlock(last) || last.guard != kNone) join(b, b + 1);
    }
  }

  void join(int from, int to) {
    successors_[from].push_back(to);
    predecessors_[to].push_back(from);
  }

  /** Numbers the blocks from which the exit is reached, in postorder of the reversed graph. */
  void number() {
    order_.assign(exit_ + 1, -1);
    std::vector<bool> seen(exit_ + 1, false);
    std::vector<std::pair<int, size_t>> stack{{exit_, 0}};
    seen[exit_] = true;
    while (!stack.empty()) {
      auto& [block, next] = stack.back();
      if (next < predecessors_[block].size()) {
        int to = predecessors_[block][next++];
        if (!seen[to]) {
          seen[to] = true;
          stack.push_back({to, 0});
        }
      } else {
        order_[block] = static_cast<int>(sequence_.size());
        sequence_.push_back(block);
        stack.pop_back();
      }
    }
  }

  void iterate() {
    idom_.assign(exit_ + 1, -1);
    idom_[exit_] = exit_;
    for (bool changed = true; changed;) {
      changed = false;
      for (auto b = sequence_.rbegin(); b != sequence_.rend(); ++b) {
        if (*b == exit_) continue;
        int meet = meetOfSuccessors(*b);
        changed |= idom_[*b] != meet;
        idom_[*b] = meet;
      }
    }
  }

  int meetOfSuccessors(int block) const {
    int meet = -1;
    for (int s : successors_[block]) {
      if (idom_[s] >= 0) meet = meet < 0 ? s : intersect(meet, s);
    }
    return meet;
  }

  int intersect(int x, int y) const {
    while (x != y) {
      while (order_[x] < order_[y]) x = idom_[x];
      while (order_[y] < order_[x]) y = idom_[y];
    }
    return x;
  }

  const std::vector<Instruction>& code_;
  std::vector<uint32_t> starts_;
  std::vector<int> blockOf_;
  std::vector<std::vector<int>> successors_;
  std::vector<std::vector<int>> predecessors_;
  std::vector<int> order_;     // of a block, -1 if the exit is not reached from it
  std::vector<int> sequence_;  // blocks in postorder
  std::vector<int> idom_;
  int exit_ = 0;
};

}  // namespace

void setReconvergence(Kernel& kernel) {
  PostDominators dominators(kernel);
  for (size_t i = 0; i < kernel.code.size(); i++) {
    Instruction& branch = kernel.code[i];
    if (branch.flow == Flow::kBranch && branch.guard != kNone) {
      branch.reconverge = dominators.meeting(static_cast<uint32_t>(i));
    }
  }
}

}  // namespace norma

// SPDX-License-Identifier: GPL-2.0
/*
 * mmap() of the device, and the faults on its memory.
 */
#include <linux/mman.h>
#include <linux/pagemap.h>
#include <linux/sched/mm.h>

#include "emucxl.h"

static void emucxl_vm_open(struct vm_area_struct *vma)
{
	struct emucxl_area *area = vma->vm_private_data;

	kref_get(&area->users);
}

static void emucxl_vm_close(struct vm_area_struct *vma)
{
	struct emucxl_area *area = vma->vm_private_data;

	emucxl_area_trim(area, vma->vm_pgoff, vma->vm_pgoff + vma_pages(vma) - 1);
	emucxl_area_put(area);
}

/*
 * The page is returned locked, and the kernel puts it into the page table
 * before it unlocks it. Whoever moves pages locks them too, so that a page
 * cannot appear in a page table after it was looked for there.
 */
static vm_fault_t emucxl_vm_fault(struct vm_fault *vmf)
{
	struct emucxl_area *area = vmf->vma->vm_private_data;
	unsigned long index = vmf->pgoff - area->first;
	vm_fault_t ret = VM_FAULT_SIGBUS;
	struct page *page;

	down_read(&area->fault);
	page = index < area->count ? area->pages[index] : NULL;
	if (page) {
		folio_get(page_folio(page));
		folio_lock(page_folio(page));
		vmf->page = page;
		ret = VM_FAULT_LOCKED;
	}
	up_read(&area->fault);
	return ret;
}

static const struct vm_operations_struct emucxl_vm_ops = {
	.open = emucxl_vm_open,
	.close = emucxl_vm_close,
	.fault = emucxl_vm_fault,
};

static void set_flags(struct vm_area_struct *vma, unsigned long flags)
{
#ifdef EMUCXL_HAVE_VM_FLAGS_SET
	vm_flags_set(vma, flags);
#else
	vma->vm_flags |= flags;
#endif
}

int emucxl_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct emucxl_area *area;
	unsigned long nid = vma->vm_pgoff;

	if (!(vma->vm_flags & VM_SHARED))
		return -EINVAL;
	if (nid >= nr_node_ids)
		return -EINVAL;
	if (!emucxl_node_usable(nid))
		return -ENODEV;

	area = emucxl_area_create(file->private_data, file->f_mapping, nid,
				  vma->vm_start, vma_pages(vma));
	if (IS_ERR(area))
		return PTR_ERR(area);
	vma->vm_pgoff = area->first;
	vma->vm_private_data = area;
	vma->vm_ops = &emucxl_vm_ops;
	/* No growing by mremap(), no merging, no mlock(), not in core dumps. */
	set_flags(vma, VM_DONTEXPAND | VM_DONTDUMP);
	return 0;
}

static unsigned long search(struct file *file, unsigned long addr,
			    unsigned long len, unsigned long pgoff,
			    unsigned long flags)
{
#if defined(EMUCXL_HAVE_OWN_UNMAPPED_AREA)
	return mm_get_unmapped_area(file, addr, len, pgoff, flags);
#elif defined(EMUCXL_HAVE_MM_GET_UNMAPPED_AREA)
	return mm_get_unmapped_area(current->mm, file, addr, len, pgoff, flags);
#else
	return current->mm->get_unmapped_area(file, addr, len, pgoff, flags);
#endif
}

/* Where the caller leaves the address to us, huge pages fit from its start. */
unsigned long emucxl_get_unmapped_area(struct file *file, unsigned long addr,
				       unsigned long len, unsigned long pgoff,
				       unsigned long flags)
{
	unsigned long roomy = len + EMUCXL_HUGE_SIZE - PAGE_SIZE;

	if (!addr && !(flags & MAP_FIXED) && len >= EMUCXL_HUGE_SIZE &&
	    roomy > len) {
		unsigned long found = search(file, 0, roomy, pgoff, flags);

		if (!IS_ERR_VALUE(found))
			return ALIGN(found, EMUCXL_HUGE_SIZE);
	}
	return search(file, addr, len, pgoff, flags);
}

/**
 * emucxl_area_at() - the area at an address of the calling process
 * @file: the open file that it must belong to
 * @address: first byte
 * @end: where the caller's range ends
 * @index: out: the page of the area at @address
 * @count: out: pages from there on that one VMA shows, up to @end
 *
 * Return: the area with one more user; NULL if there is none, and then @count
 * is the number of pages up to the next VMA or @end; or ERR_PTR(-EINTR).
 */
struct emucxl_area *emucxl_area_at(struct file *file, unsigned long address,
				   unsigned long end, unsigned long *index,
				   unsigned long *count)
{
	struct mm_struct *mm = current->mm;
	struct emucxl_area *area = NULL;
	struct vm_area_struct *vma;

	if (mmap_read_lock_killable(mm))
		return ERR_PTR(-EINTR);
	vma = find_vma(mm, address);
	if (vma && vma->vm_start > address)
		end = min(end, vma->vm_start);
	else if (vma)
		end = min(end, vma->vm_end);
	if (vma && vma->vm_start <= address && vma->vm_ops == &emucxl_vm_ops &&
	    vma->vm_file == file) {
		area = vma->vm_private_data;
		kref_get(&area->users);
		*index = vma->vm_pgoff - area->first +
			 ((address - vma->vm_start) >> PAGE_SHIFT);
	}
	*count = (end - address) >> PAGE_SHIFT;
	mmap_read_unlock(mm);
	return area;
}

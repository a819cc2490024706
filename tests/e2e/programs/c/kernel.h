/* The kernel's macros, imitated in user space. */
#define KERN_SOH "\001"
#define KERN_ERR KERN_SOH "3"
#define KERN_INFO KERN_SOH "6"
struct device {
  const char* name;
};
void kernel_print(const char* format, ...);
void kernel_device(const struct device* device, const char* format, ...);
#define printk kernel_print
#define pr_err(format, ...) printk(KERN_ERR format, ##__VA_ARGS__)
#define pr_info(format, ...) printk(KERN_INFO format, ##__VA_ARGS__)
#define dev_warn kernel_device

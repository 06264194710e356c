# Copy to terraform.tfvars, fill in, and keep it to yourself: it holds secrets, and git ignores it.

# Confluent Cloud: an API key of the control plane, and who owns what is made
cc_cloud_api_key    = ""
cc_cloud_api_secret = ""
cc_env_primary      = "env-"
cc_env_secondary    = "env-"
cc_service_account  = "sa-"

# true adopts the two clusters below, false creates two dedicated ones, which cost money by the hour
cc_use_existing_clusters = true
cc_primary_cluster_id    = "lkc-"
cc_secondary_cluster_id  = "lkc-"

# Azure: a service principal, and where the proxy stands
client_id       = ""
client_secret   = ""
subscription_id = ""
tenant_id       = ""
azure_region    = "westeurope"
prefix          = "proxy"
admin_username  = ""
admin_password  = ""

# Who may reach the proxy; from everywhere unless given
# client_cidrs = ["203.0.113.7/32"]

# Region of a created secondary; azure_region unless given
# cc_secondary_region = "northeurope"

# Written here it wins over the context; leave it out to toggle by context or by --var
# cc_failover_primary = false

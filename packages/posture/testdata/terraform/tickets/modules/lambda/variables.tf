variable "create" {
  type    = bool
  default = true
}

variable "name" { type = string }
variable "handler" { type = string }
variable "source_path" { type = string }

variable "runtime" {
  type    = string
  default = "nodejs24.x"
}

variable "architectures" {
  type    = list(string)
  default = ["arm64"]
}

variable "timeout" {
  type    = number
  default = 10
}

variable "memory_size" {
  type    = number
  default = 256
}

variable "reserved_concurrency" {
  type    = number
  default = -1
}

variable "layers" {
  type    = list(string)
  default = null
}

variable "environment_variables" {
  type    = map(string)
  default = {}
}

variable "dead_letter_queue_arn" {
  type    = string
  default = null
}

variable "tracing_mode" {
  type    = string
  default = "Active"
}

variable "code_signing_config_arn" {
  type    = string
  default = null
}

variable "subnet_ids" {
  type    = list(string)
  default = null
}

variable "security_group_ids" {
  type    = list(string)
  default = null
}

variable "log_retention" {
  type    = number
  default = 90
}

variable "log_key" {
  type    = string
  default = null
}

variable "role_arn" {
  type    = string
  default = null
}

variable "role_name" {
  type    = string
  default = null
}

variable "trusted_services" {
  type    = list(string)
  default = []
}

variable "policy_statements" {
  type    = any
  default = {}
}

variable "policies" {
  type    = list(string)
  default = []
}

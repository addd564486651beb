variable "region" {
  description = "Where it runs."
  type        = string
  default     = "eu-central-1"
}

variable "environment" {
  type = string

  validation {
    condition     = contains(["dev", "prod"], var.environment)
    error_message = "Either dev or prod."
  }
}

variable "alarm_emails" {
  type    = list(string)
  default = []
}

variable "reserved" {
  description = "Concurrency by function."
  type        = map(number)
  default     = { reserve = 50 }
}

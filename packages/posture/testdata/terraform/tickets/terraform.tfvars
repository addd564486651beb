environment  = "prod"
alarm_emails = ["duty@tickets.example"]
